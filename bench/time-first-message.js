// Runs in the page before its own scripts: asks the browser to time the painting of every message's text (Element
// Timing), and marks the first. The page's own scripts cannot delay what the browser notes of a frame.
const marked = new WeakSet();

new MutationObserver(() => {
  for (const text of document.querySelectorAll("article p, article div, [role='article'] p, [role='article'] div")) {
    if (!marked.has(text)) text.setAttribute("elementtiming", "message");
    marked.add(text);
  }
}).observe(document, { childList: true, subtree: true });

new PerformanceObserver((list, observer) => {
  const [first] = list.getEntries();
  performance.mark("message-painted", { startTime: first.renderTime });
  observer.disconnect();
}).observe({ type: "element", buffered: true });
