// What every page of the office does; each page's own work stands in its own module.

// Errors are read first.
document.querySelector("[data-faults]")?.focus();
