// Elements, made in one line.

/** An element with attributes (`true` for one without a value; false and null are left out) and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** `1 document`, `2 documents`. */
export function amount(number, one, several = `${one}s`) {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : several}`;
}
