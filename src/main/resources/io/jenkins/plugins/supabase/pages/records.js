// While a deployment runs: asks for its record, and shows the page anew once the record is another one.
(function () {
  const MILLIS = 3000;

  function watch(element) {
    let tag = null;

    async function ask() {
      const response = await fetch(element.dataset.url, {
        cache: "no-store",
        headers: tag === null ? {} : { "If-None-Match": tag },
      });
      if (response.status === 304) {
        return false;
      }
      const known = tag;
      tag = response.headers.get("ETag");
      return response.ok && known !== null && known !== tag;
    }

    async function repeat() {
      let changed = false;
      try {
        changed = await ask();
      } catch (e) {
        // The controller is not there at the moment.
      }
      if (changed) {
        window.location.reload();
      } else {
        setTimeout(repeat, MILLIS);
      }
    }

    repeat();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".sbd-running").forEach(watch);
  });
})();
