import "./zu.js";
