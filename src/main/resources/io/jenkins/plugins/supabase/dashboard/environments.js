// Keeps the page of environments current while somebody looks at it.
(function () {
  const MILLIS = 10000;
  const SOON_MILLIS = 1500;

  function ago(iso) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(iso)) / 1000));
    if (seconds < 60) {
      return seconds + " s ago";
    }
    if (seconds < 3600) {
      return Math.floor(seconds / 60) + " min ago";
    }
    if (seconds < 172800) {
      return Math.floor(seconds / 3600) + " h ago";
    }
    return Math.floor(seconds / 86400) + " days ago";
  }

  function ages() {
    document.querySelectorAll("time.sbd-ago").forEach(function (time) {
      time.textContent = ago(time.dateTime);
    });
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function timeOf(iso) {
    const time = element("time", "sbd-ago", ago(iso));
    time.dateTime = iso;
    time.title = iso.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
    return time;
  }

  function link(made, address) {
    made.href = address;
    return made;
  }

  function write(fact, place) {
    const className = "sbd-fact__value sbd-level--" + fact.level;
    const parts = [
      fact.link === null
        ? element("span", className, fact.value)
        : link(element("a", className, fact.value), fact.link),
    ];
    if (fact.at !== null) {
      parts.push("\u00a0", timeOf(fact.at));
    }
    if (fact.detail !== "") {
      parts.push(element("div", "sbd-fact__detail", fact.detail));
    }
    place.replaceChildren.apply(place, parts);
  }

  // Who reads or is about to follow a link is not disturbed for nothing.
  function writeIfNew(fact, place) {
    const known = JSON.stringify(fact);
    if (place.dataset.known !== known && !place.contains(document.activeElement)) {
      place.dataset.known = known;
      write(fact, place);
    }
  }

  function cell(content, data) {
    const made = document.createElement("td");
    made.append(content);
    if (data !== undefined) {
      made.setAttribute("data", data);
    }
    return made;
  }

  function badges(deployment) {
    const made = document.createDocumentFragment();
    made.append(element("span", "sbd-badge sbd-badge--" + deployment.level, deployment.state));
    if (deployment.emergency) {
      made.append("\u00a0", element("span", "sbd-badge sbd-badge--danger", "EMERGENCY"));
    }
    return made;
  }

  function row(deployment) {
    const made = document.createElement("tr");
    const environment = link(
      element("a", "jenkins-table__link", deployment.environment),
      "environment/" + encodeURIComponent(deployment.environment) + "/",
    );
    made.append(
      cell(environment),
      cell(String(deployment.number), deployment.number),
      cell(deployment.version),
      cell(badges(deployment)),
      cell(deployment.kind),
      cell(deployment.actor),
      cell(timeOf(deployment.at), deployment.at),
      cell(deployment.duration, deployment.millis),
      cell(deployment.link === null ? "" : link(element("a", "jenkins-table__link", "Build"), deployment.link)),
    );
    return made;
  }

  function showCards(cards, board) {
    const shown = Array.from(board.querySelectorAll(".sbd-card"));
    const same =
      shown.length === cards.length &&
      cards.every(function (card, i) {
        return shown[i].dataset.name === card.name;
      });
    if (!same) {
      window.location.reload();
      return;
    }
    cards.forEach(function (card, i) {
      const badge = shown[i].querySelector(".sbd-badge");
      badge.className = "sbd-badge sbd-badge--" + card.level;
      badge.textContent = card.word;
      card.facts.forEach(function (fact) {
        writeIfNew(fact, shown[i].querySelector('[data-key="' + fact.key + '"] dd'));
      });
    });
  }

  function outcomes(rows) {
    return rows
      .map(function (made) {
        return [0, 1, 3]
          .map(function (i) {
            return made.cells[i].textContent;
          })
          .join(" ");
      })
      .sort()
      .join("\n");
  }

  // A table that somebody sorted stays so until there is something new.
  function showHistory(deployments, board) {
    const body = board.querySelector(".sbd-history > tbody");
    const rows = deployments.map(row);
    if (outcomes(rows) !== outcomes(Array.from(body.rows))) {
      body.replaceChildren.apply(body, rows);
    }
  }

  function watch(board) {
    let tag = null;
    let timer = null;

    function later(millis) {
      clearTimeout(timer);
      timer = setTimeout(ask, millis);
    }

    function take(response) {
      if (response.status === 304 || !response.ok) {
        return null;
      }
      tag = response.headers.get("ETag");
      return response.json();
    }

    function ask() {
      if (document.visibilityState !== "visible") {
        return;
      }
      const headers = tag === null ? {} : { "If-None-Match": tag };
      fetch(board.dataset.url, { cache: "no-store", headers: headers })
        .then(take)
        .then(function (answer) {
          if (answer !== null) {
            showCards(answer.cards, board);
            showHistory(answer.history, board);
          }
          ages();
          later(MILLIS);
        })
        .catch(function () {
          later(MILLIS);
        });
    }

    document.addEventListener("visibilitychange", ask);
    document.querySelectorAll(".sbd-refresh").forEach(function (button) {
      button.addEventListener("click", function () {
        fetch(button.dataset.url, { method: "POST", headers: crumb.wrap({}) }).then(function (response) {
          notificationBar.show(
            response.ok ? button.dataset.done : button.dataset.failed,
            response.ok ? notificationBar.SUCCESS : notificationBar.ERROR,
          );
          later(SOON_MILLIS);
        });
      });
    });
    later(MILLIS);
  }

  function found(button, answer) {
    if (answer.problem !== null) {
      return element("p", "sbd-level--danger", button.dataset.failed + ": " + answer.problem);
    }
    if (answer.intact) {
      return element("p", "sbd-level--ok", button.dataset.intact + ": " + answer.events + ", " + answer.head);
    }
    const problems = element("div", "sbd-level--danger", button.dataset.broken + ":");
    const list = document.createElement("ul");
    answer.problems.forEach(function (problem) {
      list.append(element("li", "", problem));
    });
    problems.append(list);
    return problems;
  }

  function verifies(button) {
    const place = button.parentElement.querySelector(".sbd-verified");
    button.addEventListener("click", function () {
      button.disabled = true;
      place.textContent = button.dataset.busy;
      fetch(button.dataset.url, { method: "POST", headers: crumb.wrap({}) })
        .then(function (response) {
          if (!response.ok) {
            throw new Error(String(response.status));
          }
          return response.json();
        })
        .then(function (answer) {
          place.replaceChildren(found(button, answer));
        })
        .catch(function (failure) {
          place.textContent = button.dataset.failed + " (" + failure.message + ")";
        })
        .finally(function () {
          button.disabled = false;
        });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".sbd-verify").forEach(verifies);
    document.querySelectorAll(".sbd-board").forEach(watch);
  });
})();
