// Compiles the scenario's contract with npm's solc.
import { readFileSync } from "node:fs";
import solc from "solc";

export function compile(source) {
  const input = {
    language: "Solidity",
    sources: { "Vault.sol": { content: readFileSync(source, "utf8") } },
    settings: { optimizer: { enabled: true }, outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  const errors = (output.errors ?? []).filter((error) => error.severity === "error");
  if (errors.length > 0) throw new Error(errors[0].formattedMessage);
  const { abi, evm } = output.contracts["Vault.sol"].Vault;
  return { abi, bytecode: evm.bytecode.object };
}
