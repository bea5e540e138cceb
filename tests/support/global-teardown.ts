export { stopCluster as default } from "@/tests/support/cluster";
