document.documentElement.classList.add("js");
1;