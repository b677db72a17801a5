// Sends what somebody decides, and keeps what they are writing when the page changes meanwhile.
(function () {
  function typed() {
    const text = document.getElementById("sbd-comment");
    return text !== null && text.value.trim() !== "";
  }

  function decides(box) {
    const text = box.querySelector("textarea");
    const answer = box.querySelector(".sbd-answer");
    const buttons = box.querySelectorAll("button");

    function enable(on) {
      buttons.forEach(function (button) {
        button.disabled = !on;
      });
    }

    function refused(message) {
      answer.textContent = message;
      enable(true);
    }

    function send(button) {
      const body = new URLSearchParams();
      body.set("planDigest", box.dataset.planDigest);
      body.set(button.dataset.field, text.value);
      enable(false);
      fetch(button.dataset.url, { method: "POST", headers: crumb.wrap({}), body: body })
        .then(function (response) {
          return response.json().then(function (told) {
            if (response.ok) {
              text.value = "";
              window.location.reload();
            } else {
              refused(told.message);
            }
          });
        })
        .catch(function (failure) {
          refused(box.dataset.failed + " (" + failure.message + ")");
        });
    }

    buttons.forEach(function (button) {
      button.addEventListener("click", function () {
        send(button);
      });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".sbd-decision").forEach(decides);
    document.addEventListener("sbd-changed", function (event) {
      if (typed()) {
        event.preventDefault();
        event.target.textContent = event.target.dataset.changed;
      }
    });
  });
})();
