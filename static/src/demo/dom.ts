export type Child = Node | string | null | false;
type Props = Record<string, string | boolean | ((e: Event) => void)>;

/** Makes an element: text stays text, functions become listeners, true is an empty attribute. */
export function h(tag: string, props: Props = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((c): c is Node | string => c !== null && c !== false));
  return element;
}

export function place(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-${name}]`);
}
