// While a deployment runs: asks for its record, and shows the page anew once the record is another one.
(function () {
  const MILLIS = 3000;

  function watch(element) {
    let tag = null;

    function changed(response) {
      if (response.status === 304) {
        return false;
      }
      const known = tag;
      tag = response.headers.get("ETag");
      return response.ok && known !== null && known !== tag;
    }

    // Whoever has more on the page than it shows can keep it from being loaded anew.
    function mayReload() {
      return element.dispatchEvent(new CustomEvent("sbd-changed", { bubbles: true, cancelable: true }));
    }

    function again() {
      setTimeout(ask, MILLIS);
    }

    function ask() {
      const headers = tag === null ? {} : { "If-None-Match": tag };
      fetch(element.dataset.url, { cache: "no-store", headers: headers }).then(function (response) {
        if (changed(response) && mayReload()) {
          window.location.reload();
        } else {
          again();
        }
      }, again);
    }

    ask();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".sbd-running").forEach(watch);
  });
})();
