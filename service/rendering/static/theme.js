// Light or dark: as the system has it, until a reader chooses.

const root = document.documentElement;
const button = document.getElementById("theme");
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemIsDark.matches);
const label = () => { button.textContent = isDark() ? "Light" : "Dark"; };

function remembered() {
  try { return localStorage.getItem("theme"); } catch { return null; }
}

function choose(theme) {
  root.dataset.theme = theme;
  try { localStorage.setItem("theme", theme); } catch { /* a private window remembers nothing */ }
  label();
}

if (remembered()) root.dataset.theme = remembered();
button.addEventListener("click", () => choose(isDark() ? "light" : "dark"));
systemIsDark.addEventListener("change", label);
label();
