// Shows the API's description. Its address is relative, so that a proxy may serve the page under a prefix.
window.SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
});
