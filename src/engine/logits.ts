/** Name of a network's last step. */
export const LOGITS = "logits";
