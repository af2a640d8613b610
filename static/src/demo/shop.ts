import "./shop.css";
import * as account from "./account";
import * as cart from "./cart";
import { listen } from "./chat";
import { showProduct, showShelf } from "./shelf";
import { showTool } from "./tool";

listen();
cart.count();
cart.show();
showShelf();
showProduct();
showTool();
account.introduce();
account.show();
