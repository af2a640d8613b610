var o="/assets/rapport-MKUK3LFS.svg";export{o as a};
