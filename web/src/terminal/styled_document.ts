/**
 * What lets xterm draw under a strict content policy. Its renderer writes style elements and style attributes, which the
 * policy refuses; here they become adopted style sheets and properties of the style object, which the policy allows,
 * because text from elsewhere cannot become either.
 */

/** What stands for a style element: the policy refuses even an empty one. Its rules are in an adopted sheet while it is there. */
function makeStyleElement(document: Document): HTMLElement {
  const element = document.createElement("template");
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  let rules = "";
  Object.defineProperty(element, "textContent", {
    get: () => rules,
    set: (text: string) => {
      rules = text;
      sheet.replaceSync(text);
    },
  });
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}

/** A stand-in that is the document in everything but how it makes style elements. */
export function styledDocument(document: Document): Document {
  return new Proxy(document, {
    get(target, property) {
      if (property === "createElement")
        return (name: string) => (name === "style" ? makeStyleElement(target) : target.createElement(name));
      const value: unknown = Reflect.get(target, property, target);
      // The document's own functions refuse any other `this`.
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
    set: (target, property, value) => Reflect.set(target, property, value, target),
  });
}

/**
 * Has the style attribute of a span set through its style object. xterm writes the colours of cells so, those of true
 * colour, of contrast and of what is selected, and makes the cells with the global document, never with its stand-in
 * (seen in 6.0): only what all spans inherit reaches them. Text that becomes a span is refused its style as before.
 */
export function styleSpansByObject(): void {
  HTMLSpanElement.prototype.setAttribute = function (this: HTMLSpanElement, name: string, value: string): void {
    if (name === "style") this.style.cssText = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
}

/**
 * Does `open` while the document itself makes no style elements: xterm asks it, and not its stand-in, for that of the
 * scroll bars (seen in 6.0).
 */
export function withoutStyleElements(document: Document, open: () => void): void {
  Object.defineProperty(document, "createElement", {
    configurable: true,
    value: (name: string, options?: ElementCreationOptions) =>
      name === "style" ? makeStyleElement(document) : Document.prototype.createElement.call(document, name, options),
  });
  try {
    open();
  } finally {
    Reflect.deleteProperty(document, "createElement");
  }
}
