// Passkeys are offered where the browser knows them; what goes wrong is said in words.

const told = document.querySelectorAll("[data-passkey-failed]");

if (window.PublicKeyCredential) {
  for (const way of document.querySelectorAll("[data-passkeys]")) way.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const each of told) each.hidden = false;
});
