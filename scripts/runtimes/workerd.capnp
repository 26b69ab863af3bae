using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [ (name = "main", worker = .main) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ],
);

const main :Workerd.Worker = (
  modules = [ (name = "worker", esModule = embed "bundle.mjs") ],
  bindings = [ (name = "NAME", text = "workerd") ],
  compatibilityDate = "2026-10-01",

);
