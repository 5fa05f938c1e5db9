import { mount } from "svelte";
import "./ui/page.css";
import App from "./ui/App.svelte";

const target = document.getElementById("page");
if (target === null) throw new Error("the page has no place for itself");
mount(App, { target });
