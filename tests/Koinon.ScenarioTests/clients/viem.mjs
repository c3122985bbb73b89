// Walks through a chain with unmodified viem, over HTTP and WebSocket, and prints as one line of JSON what it saw. It
// judges nothing: the test that started it knows what is right.
//
//   node viem.mjs URL CONTRACT.sol
import { createTestClient, createPublicClient, http, webSocket, parseEther, publicActions, walletActions } from "viem";
import { BaseError, ContractFunctionRevertedError } from "viem";
import { foundry } from "viem/chains";
import { privateKeyToAccount, generatePrivateKey } from "viem/accounts";
import { compile } from "./compile.mjs";

const [url, source] = process.argv.slice(2);
const saw = {};
const text = (value) => value.toString();
const client = createTestClient({ chain: foundry, mode: "anvil", transport: http(url), pollingInterval: 50 })
  .extend(publicActions)
  .extend(walletActions);
const live = createPublicClient({ chain: foundry, transport: webSocket(url.replace(/^http/, "ws")) });
const [alice, bob] = await client.getAddresses();
const mined = (hash) => client.waitForTransactionReceipt({ hash });

async function failure(promise) {
  try {
    await promise;
    return null;
  } catch (error) {
    const revert = error instanceof BaseError ? error.walk((inner) => inner instanceof ContractFunctionRevertedError) : null;
    return { name: revert?.data?.errorName ?? null, arguments: (revert?.data?.args ?? []).map(text), text: error.shortMessage };
  }
}

// Heads and events are pushed from before the first transaction on.
const heads = [];
const notes = [];
const stopHeads = live.watchBlocks({ onBlock: (block) => block && heads.push(text(block.number)) });
await live.getBlockNumber({ cacheTime: 0 }); // Answered after the subscription, which went out on the same socket.
await live.getBlockNumber({ cacheTime: 0 });

saw.chainId = await client.getChainId();
const carol = privateKeyToAccount(generatePrivateKey());
await mined(await client.sendTransaction({ account: alice, to: carol.address, value: parseEther("2") }));
const own = await client.sendTransaction({ account: carol, to: bob, value: parseEther("0.5") });
saw.ownType = (await client.getTransaction({ hash: own })).type;
saw.ownStatus = (await mined(own)).status;

// A contract: deployed, called, written to, watched, read from its events.
const { abi, bytecode } = compile(source);
const deployed = await mined(
  await client.deployContract({ account: alice, abi, bytecode: `0x${bytecode}`, args: ["viem"], value: 1000n }),
);
const vault = { address: deployed.contractAddress, abi };
const stopNotes = live.watchContractEvent({
  ...vault,
  eventName: "Deposited",
  onLogs: (logs) => notes.push(...logs.map((log) => log.args.note)),
});
await live.getBlockNumber({ cacheTime: 0 });
await live.getBlockNumber({ cacheTime: 0 });
saw.name = await client.readContract({ ...vault, functionName: "name" });
const { request } = await client.simulateContract({
  ...vault, functionName: "deposit", args: ["by viem"], account: bob, value: 70n,
});
saw.deposit = (await mined(await client.writeContract(request))).status;
saw.events = (await client.getContractEvents({ ...vault, fromBlock: 0n })).map((event) => event.eventName);
saw.tooMuch = await failure(
  client.simulateContract({ ...vault, functionName: "withdraw", args: [71n], account: bob }),
);
saw.panic = await failure(client.readContract({ ...vault, functionName: "share", args: [0n], account: bob }));
saw.estimate = text(await client.estimateContractGas({
  ...vault, functionName: "withdraw", args: [20n], account: bob,
}));
saw.fees = (await client.getFeeHistory({ blockCount: 2, rewardPercentiles: [50] })).baseFeePerGas.length;
saw.proof = (await client.getProof({ address: vault.address, storageKeys: [`0x${"1".padStart(64, "0")}`] }))
  .storageProof[0].value === 1n;

// What viem's test actions do.
const snapshot = await client.snapshot();
await client.setBalance({ address: carol.address, value: parseEther("7") });
saw.balanceSet = text(await client.getBalance({ address: carol.address }));
const before = (await client.getBlock()).timestamp;
await client.increaseTime({ seconds: 3600 });
await client.mine({ blocks: 3 });
const after = await client.getBlock();
saw.jump = Number(after.timestamp - before) >= 3600;
await client.impersonateAccount({ address: vault.address });
const spent = await client.sendTransaction({ account: vault.address, to: bob, value: 10n, gasPrice: 0n }).catch((error) => error.shortMessage);
saw.impersonated = typeof spent;
await client.stopImpersonatingAccount({ address: vault.address });
await client.setAutomine(false);
const waiting = await client.sendTransaction({ account: alice, to: bob, value: 1n });
saw.pool = (await client.getTxpoolStatus()).pending;
await client.dropTransaction({ hash: waiting });
saw.poolAfterDrop = (await client.getTxpoolStatus()).pending;
await client.setAutomine(true);
await client.revert({ id: snapshot });
saw.headReverted = text(await client.getBlockNumber({ cacheTime: 0 }));
saw.balanceReverted = (await client.getBalance({ address: carol.address })) < parseEther("2");

await new Promise((resolve) => setTimeout(resolve, 300)); // What is pushed arrives by itself.
saw.heads = heads.slice(0, 4);
saw.notes = [...notes];
const dump = await client.dumpState();
await client.reset();
saw.headReset = text(await client.getBlockNumber({ cacheTime: 0 }));
await client.loadState({ state: dump });
saw.nameLoaded = await client.readContract({ ...vault, functionName: "name" });

stopHeads();
stopNotes();
console.log(JSON.stringify(saw));
process.exit(0);
