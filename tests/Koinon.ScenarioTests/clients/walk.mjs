// Walks through a chain with unmodified ethers 6 and a contract compiled by npm's solc, and prints as one line of JSON
// what it saw. It judges nothing: the test that started it knows what is right.
//
//   node walk.mjs URL CONTRACT.sol
import { ethers } from "ethers";
import { compile } from "./compile.mjs";

const [url, source] = process.argv.slice(2);
const saw = {};
const text = (value) => value.toString();

// What of a receipt decides about amounts.
const paid = (receipt) => ({
  block: receipt.blockNumber,
  gasUsed: text(receipt.gasUsed),
  gasPrice: text(receipt.gasPrice),
  status: receipt.status,
});

async function failure(promise) {
  try {
    await promise;
    return null;
  } catch (error) {
    return {
      code: error.code,
      reason: error.reason ?? null,
      name: error.revert?.name ?? null,
      arguments: error.revert ? [...error.revert.args].map(text) : null,
    };
  }
}

const provider = new ethers.JsonRpcProvider(url, undefined, { pollingInterval: 50, cacheTimeout: -1 });
const accounts = await provider.send("eth_accounts", []);
const [alice, bob] = [await provider.getSigner(0), await provider.getSigner(1)];
const carol = ethers.Wallet.createRandom().connect(provider); // Signs here, not in the program.
saw.network = text((await provider.getNetwork()).chainId);
saw.accounts = accounts;

// Ether: from an account of the program, and by a signature of ethers' own.
const sent = await (await alice.sendTransaction({ to: carol.address, value: ethers.parseEther("1.5") })).wait();
saw.sent = paid(sent);
saw.baseFeeOfSent = text((await provider.getBlock(sent.blockNumber)).baseFeePerGas);
const raw = await carol.sendTransaction({ to: bob.address, value: ethers.parseEther("0.25") });
saw.sentRaw = paid(await raw.wait());
saw.sentRawFrom = (await provider.getTransaction(raw.hash)).from;
saw.carol = carol.address;
saw.carolBalance = text(await provider.getBalance(carol.address));
saw.aliceBalance = text(await provider.getBalance(alice.address));
saw.bobBalance = text(await provider.getBalance(bob.address));

// A contract.
const { abi, bytecode } = compile(source);
const vault = await new ethers.ContractFactory(abi, bytecode, alice).deploy("first", { value: 1000n });
saw.deployed = paid(await vault.deploymentTransaction().wait());
saw.vault = await vault.getAddress();
saw.codeBytes = ethers.dataLength(await provider.getCode(saw.vault));
saw.name = await vault.name();
saw.aliceInVault = text(await vault.balanceOf(alice.address));

// Calls that write, and their events: in the receipt, and asked for afterwards.
const asBob = vault.connect(bob);
const gasLimit = await asBob.deposit.estimateGas("hello", { value: 70_000n });
const deposit = await (await asBob.deposit("hello", { value: 70_000n, gasLimit })).wait();
saw.deposit = paid(deposit);
saw.depositEstimate = text(gasLimit);
saw.depositEvents = deposit.logs.map((log) => vault.interface.parseLog(log)).map((e) => [e.name, ...e.args.map(text)]);
await (await vault.deposit("again", { value: 5n })).wait();
saw.withdrawal = paid(await (await asBob.withdraw(20_000n)).wait());
const events = async (filter) => (await vault.queryFilter(filter)).map((e) => [e.eventName, ...e.args.map(text)]);
saw.allEvents = await events("*");
saw.bobsDeposits = await events(vault.filters.Deposited(bob.address));
saw.secondDeposit = await events(vault.filters.Deposited(null, 2n));
saw.share = text(await asBob.share(4n));
saw.shareBefore = text(await asBob.share(4n, { blockTag: deposit.blockNumber }));
saw.depositsSlot = await provider.getStorage(saw.vault, 1);
saw.vaultBalance = text(await provider.getBalance(saw.vault));

// An event as it happens.
const heard = new Promise((resolve) => vault.once("Withdrawn", (owner, amount) => resolve([owner, text(amount)])));
await new Promise((resolve) => setTimeout(resolve, 300)); // Until ethers has asked for its filter.
await (await asBob.withdraw(1n)).wait();
saw.heard = await heard;

// Reasons of reverts: a text, a contract's own error, the compiler's panic; then one that stands in a block.
saw.noDeposit = await failure(vault.deposit.staticCall("", { value: 0n }));
saw.noDepositEstimate = await failure(vault.deposit.estimateGas("", { value: 0n }));
saw.tooMuch = await failure(asBob.withdraw.staticCall(70_000n));
saw.panic = await failure(vault.share.staticCall(0n));
const doomed = await asBob.withdraw(70_000n, { gasLimit: 100_000n });
saw.doomed = await failure(doomed.wait());
saw.doomedStatus = (await provider.getTransactionReceipt(doomed.hash)).status;

// What else a provider asks.
const head = await provider.getBlock("latest", true);
saw.head = head.number;
saw.headHoldsDoomed = head.prefetchedTransactions.map((transaction) => transaction.hash).includes(doomed.hash);
const fees = await provider.getFeeData();
saw.tip = text(fees.maxPriorityFeePerGas);
saw.pendingNonce = await provider.getTransactionCount(bob.address, "pending");

console.log(JSON.stringify(saw));
process.exit(0);
