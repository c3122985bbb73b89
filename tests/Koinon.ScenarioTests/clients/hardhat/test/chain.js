const { expect } = require("chai");
const { ethers, network } = require("hardhat");
const helpers = require("@nomicfoundation/hardhat-network-helpers");
const { time, mine, mineUpTo, takeSnapshot, impersonateAccount, setBalance, setCode, setNonce, setStorageAt } = helpers;

describe("Chain", () => {
  let probe, owner, other;
  beforeEach(async () => {
    [owner, other] = await ethers.getSigners();
    probe = await ethers.deployContract("Probe", { value: 100n });
  });

  it("moves ether and counts fees", async () => {
    const send = () => owner.sendTransaction({ to: other.address, value: 200n });
    await expect(send).to.changeEtherBalance(other, 200n);
    await expect(send).to.changeEtherBalances([owner, other], [-200n, 200n]);
    await expect(probe.pay(other, { value: 7n })).to.changeEtherBalances([owner, other, probe], [-7n, 7n, 0n]);
    await expect(send()).to.changeEtherBalance(owner, -200n);
  });

  it("shows everything as soon as a send is answered", async () => {
    const { hash, nonce } = await owner.sendTransaction({ to: other.address, value: 1n });
    const head = await ethers.provider.getBlock("latest", true);
    expect(head.transactions).to.deep.equal([hash]);
    expect((await ethers.provider.getTransactionReceipt(hash)).blockNumber).to.equal(head.number);
    expect((await ethers.provider.getTransaction(hash)).blockNumber).to.equal(head.number);
    expect(await ethers.provider.getTransactionCount(owner)).to.equal(nonce + 1);
    const history = await ethers.provider.send("eth_feeHistory", ["0x1", "latest", []]);
    expect(BigInt(history.oldestBlock)).to.equal(BigInt(head.number));
  });

  it("gives nonces in order to sends side by side", async () => {
    const start = await owner.getNonce();
    const sent = await Promise.all(
      Array.from({ length: 12 }, (_, i) => owner.sendTransaction({ to: other.address, value: BigInt(i) })),
    );
    expect(sent.map(({ nonce }) => nonce).sort((a, b) => a - b)).to.deep.equal(
      Array.from({ length: 12 }, (_, i) => start + i),
    );
    for (const { hash } of sent) expect((await ethers.provider.getTransactionReceipt(hash)).status).to.equal(1);
  });

  it("lets time rise", async () => {
    const start = await time.latest();
    await time.increase(1000);
    expect(await time.latest()).to.equal(start + 1000);
    await time.increaseTo(start + 5000);
    expect(await time.latest()).to.equal(start + 5000);
    await time.setNextBlockTimestamp(start + 6000);
    const { blockNumber } = await (await probe.set(1n)).wait();
    expect((await ethers.provider.getBlock(blockNumber)).timestamp).to.equal(start + 6000);
    for (let i = 0; i < 3; i++) await probe.set(1n);
    expect(await time.latest()).to.be.at.least(start + 6003);
    await expect(time.setNextBlockTimestamp(start)).to.be.rejected;
    const [, pending] = await probe.context({ blockTag: "pending" });
    expect(pending).to.be.at.least(BigInt(await time.latest()));
  });

  it("mines as many blocks as asked", async () => {
    const start = await time.latestBlock();
    await mine();
    await mine(10, { interval: 60 });
    expect(await time.latestBlock()).to.equal(start + 11);
    await mineUpTo(start + 1020);
    expect(await time.latestBlock()).to.equal(start + 1020);
    expect(await probe.hashOf(start + 1015)).to.equal((await ethers.provider.getBlock(start + 1015)).hash);
    expect(await probe.hashOf(start + 10)).to.equal(ethers.ZeroHash);
    const [first, second] = await Promise.all([1010, 1011].map((i) => ethers.provider.getBlock(start + i)));
    expect(second.timestamp - first.timestamp).to.equal(1);
    expect(second.parentHash).to.equal(first.hash);
  });

  it("goes back to a snapshot", async () => {
    await probe.set(5n);
    const start = await time.latest();
    const snapshot = await takeSnapshot();
    const { hash } = await probe.set(6n);
    await time.increase(100_000);
    await snapshot.restore();
    expect(await probe.value()).to.equal(5n);
    expect(await ethers.provider.getTransactionReceipt(hash)).to.equal(null);
    await probe.set(7n);
    expect(await time.latest()).to.be.below(start + 1000);
    await snapshot.restore();
    expect(await probe.value()).to.equal(5n);
  });

  it("impersonates people and contracts", async () => {
    await impersonateAccount(probe.target);
    const contract = await ethers.getSigner(probe.target);
    await setBalance(probe.target, ethers.parseEther("1"));
    await contract.sendTransaction({ to: other.address, value: 5n });
    await expect(probe.connect(contract).set(9n)).to.emit(probe, "Seen");
    await helpers.stopImpersonatingAccount(probe.target);
    await expect(contract.sendTransaction({ to: other.address })).to.be.rejected;
    const someone = await ethers.getImpersonatedSigner("0x00000000000000000000000000000000000a11ce");
    await setBalance(someone.address, 10n ** 18n);
    expect((await (await someone.sendTransaction({ to: other.address })).wait()).from).to.equal(someone.address);
  });

  it("edits accounts", async () => {
    const address = "0x00000000000000000000000000000000000b0b0b";
    await setBalance(address, 42n);
    expect(await ethers.provider.getBalance(address)).to.equal(42n);
    await setCode(address, "0x602a60005260206000f3");
    expect(BigInt(await ethers.provider.call({ to: address }))).to.equal(42n);
    await setNonce(address, 7);
    expect(await ethers.provider.getTransactionCount(address)).to.equal(7);
    await setStorageAt(probe.target, 0, 77n);
    expect(await probe.value()).to.equal(77n);
    expect(await helpers.getStorageAt(probe.target, 0)).to.equal(ethers.toBeHex(77n, 32));
  });

  it("sets what the next block has", async () => {
    await helpers.setNextBlockBaseFeePerGas(2_000_000_000n);
    await mine();
    expect((await ethers.provider.getBlock("latest")).baseFeePerGas).to.equal(2_000_000_000n);
    await helpers.setPrevRandao(1234n);
    await mine();
    expect((await probe.context())[4]).to.equal(1234n);
    await helpers.setCoinbase(other.address);
    await mine();
    expect((await ethers.provider.getBlock("latest")).miner).to.equal(other.address);
    await helpers.setBlockGasLimit(20_000_000n);
    await mine();
    expect((await ethers.provider.getBlock("latest")).gasLimit).to.equal(20_000_000n);
    await helpers.setBlockGasLimit(60_000_000n);
  });

  it("lets transactions wait, and drops them", async () => {
    await network.provider.send("evm_setAutomine", [false]);
    try {
      const first = await owner.sendTransaction({ to: other.address, value: 1n });
      const second = await owner.sendTransaction({ to: other.address, value: 2n });
      const third = await other.sendTransaction({ to: owner.address, value: 3n });
      expect(await ethers.provider.getTransactionReceipt(first.hash)).to.equal(null);
      expect(await owner.getNonce("pending")).to.equal(second.nonce + 1);
      await helpers.dropTransaction(third.hash);
      await mine();
      const block = await ethers.provider.getBlock("latest");
      expect(block.transactions).to.deep.equal([first.hash, second.hash]);
    } finally {
      await network.provider.send("evm_setAutomine", [true]);
    }
  });

  it("creates at the address that is foretold", async () => {
    const salt = ethers.id("salt");
    const created = await probe.make.staticCall(salt);
    await probe.make(salt);
    expect(await ethers.provider.getCode(created)).not.to.equal("0x");
    await expect(probe.make(salt, { gasLimit: 1_000_000n })).to.be.reverted;
  });

  it("takes a transaction of 16,777,216 gas", async () => {
    const { gasLimit, hash } = await probe.set(1n, { gasLimit: 16_777_216n });
    expect(gasLimit).to.equal(16_777_216n);
    expect((await ethers.provider.getTransactionReceipt(hash)).status).to.equal(1);
  });

  it("says of itself what tools ask", async () => {
    expect(await ethers.provider.send("web3_clientVersion", [])).to.match(/^(HardhatNetwork|anvil\/v)/);
    expect((await ethers.provider.getNetwork()).chainId).to.equal(31337n);
    expect((await probe.context())[5]).to.equal(31337n);
    expect(await ethers.provider.send("hardhat_metadata", [])).to.be.an("object");
  });

  it("signs for its accounts", async () => {
    expect(ethers.verifyMessage("hello", await owner.signMessage("hello"))).to.equal(owner.address);
    const domain = { name: "Probe", version: "1", chainId: 31337, verifyingContract: probe.target };
    const types = { Vote: [{ name: "proposal", type: "uint256" }, { name: "support", type: "bool" }] };
    const vote = { proposal: 5n, support: true };
    const signature = await owner.signTypedData(domain, types, vote);
    expect(ethers.verifyTypedData(domain, types, vote, signature)).to.equal(owner.address);
  });
});
