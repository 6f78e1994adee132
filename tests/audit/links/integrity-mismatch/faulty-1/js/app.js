document.documentElement.classList.add("js");
// 改訂
