// What was typed, kept on this device until the server has confirmed it.

const PREFIX = "leitbild:";

export class Device {
  constructor(person, address) {
    this.key = `${PREFIX}${person}:${address}`;
  }

  // Whether the text is safe here; a browser may forbid it or have no room.
  keep(entry) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), ...entry }));
      return true;
    } catch {
      return false;
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Where nothing could be kept, nothing is left behind.
    }
  }
}

function keptKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

export const somethingKept = () => keptKeys().length > 0;

// Whoever signs out leaves nothing behind for the next person at this machine.
export function forgetEverything() {
  for (const key of keptKeys()) localStorage.removeItem(key);
}
