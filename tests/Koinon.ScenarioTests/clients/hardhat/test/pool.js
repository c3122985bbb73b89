const { expect } = require("chai");
const { ethers, network } = require("hardhat");
const helpers = require("@nomicfoundation/hardhat-network-helpers");
const { mine, takeSnapshot } = helpers;

const isHardhat = process.env.KOINON_COMPAT !== "anvil";
const send = (method, ...params) => network.provider.send(method, params);
const gwei = (number) => BigInt(number) * 1_000_000_000n;

describe("Pool", () => {
  let signers, to, snapshot;
  beforeEach(async () => {
    signers = await ethers.getSigners();
    to = signers[0];
    snapshot = await takeSnapshot();
    await send("evm_setAutomine", false);
  });
  afterEach(async () => {
    await send("evm_setAutomine", true);
    await snapshot.restore();
  });

  const transactionsOf = async (block) => (await send("eth_getBlockByNumber", block, false)).transactions;

  it("orders by tips, and shows what would be built", async () => {
    const sent = [];
    for (let i = 1; i <= 5; i++) {
      const fees = { maxPriorityFeePerGas: gwei(i), maxFeePerGas: gwei(100) };
      sent.push((await signers[i].sendTransaction({ to, gasLimit: 21_000n, ...fees })).hash);
    }
    expect(parseInt(await send("eth_getBlockTransactionCountByNumber", "pending"))).to.equal(5);
    expect(await transactionsOf("pending")).to.deep.equal([...sent].reverse());
    await mine();
    expect(await transactionsOf("latest")).to.deep.equal([...sent].reverse());
  });

  it("keeps one sender's in the order of their nonces", async () => {
    const nonce = await signers[1].getNonce();
    const sent = {};
    for (const i of [2, 0, 1]) {
      const fees = { maxPriorityFeePerGas: gwei(1 + i), maxFeePerGas: gwei(100) };
      sent[i] = (await signers[1].sendTransaction({ to, nonce: nonce + i, gasLimit: 21_000n, ...fees })).hash;
    }
    expect(await signers[1].getNonce("pending")).to.equal(nonce + 3);
    await mine();
    expect(await transactionsOf("latest")).to.deep.equal([sent[0], sent[1], sent[2]]);
  });

  it("replaces, refuses to, and drops", async () => {
    const nonce = await signers[1].getNonce();
    const offer = (value, fee) =>
      signers[1].sendTransaction({
        to, value, nonce, gasLimit: 21_000n, maxFeePerGas: gwei(10 * fee), maxPriorityFeePerGas: gwei(fee),
      });
    const first = await offer(1n, 1);
    const second = await offer(2n, 2);
    expect(await send("eth_getTransactionByHash", first.hash)).to.equal(null);
    await expect(offer(3n, 2)).to.be.rejected;
    const gap = await signers[1].sendTransaction({ to, nonce: nonce + 5, gasLimit: 21_000n });
    expect(await send("eth_pendingTransactions")).to.have.lengthOf(2);
    await helpers.dropTransaction(gap.hash);
    await mine();
    expect(await transactionsOf("latest")).to.deep.equal([second.hash]);
  });

  it("spreads what does not fit over blocks", async () => {
    const { gasLimit } = await ethers.provider.getBlock("latest");
    await helpers.setBlockGasLimit(50_000n);
    for (let i = 1; i <= 3; i++) await signers[i].sendTransaction({ to, gasLimit: 21_000n });
    await mine();
    expect(await transactionsOf("latest")).to.have.lengthOf(2);
    await mine();
    expect(await transactionsOf("latest")).to.have.lengthOf(1);
    await helpers.setBlockGasLimit(gasLimit);
  });

  it("leaves nothing behind when blocks are built at once again", async () => {
    const waiting = await signers[1].sendTransaction({ to, gasLimit: 21_000n });
    await send("evm_setAutomine", true);
    const next = await signers[2].sendTransaction({ to, gasLimit: 21_000n });
    expect((await next.wait()).status).to.equal(1);
    expect((await waiting.wait()).status).to.equal(1);
  });

  it("builds on an interval", async () => {
    await send("evm_setIntervalMining", isHardhat ? 50 : 1);
    try {
      const { hash } = await signers[1].sendTransaction({ to, gasLimit: 21_000n });
      expect((await ethers.provider.getTransaction(hash)).hash).to.equal(hash);
      const receipt = await (await ethers.provider.getTransaction(hash)).wait();
      expect(receipt.status).to.equal(1);
    } finally {
      await send("evm_setIntervalMining", 0);
    }
  });

  it("comes back with a snapshot", async () => {
    const { hash } = await signers[1].sendTransaction({ to, gasLimit: 21_000n });
    const inner = await takeSnapshot();
    await mine();
    await inner.restore();
    expect(await send("eth_pendingTransactions")).to.have.lengthOf(1);
    await mine();
    expect(await transactionsOf("latest")).to.deep.equal([hash]);
  });
});
