const { expect } = require("chai");
const { ethers } = require("hardhat");
const { loadFixture } = require("@nomicfoundation/hardhat-network-helpers");

const isHardhat = process.env.KOINON_COMPAT !== "anvil";

describe("Odd", () => {
  const deployed = async () => ({ odd: await ethers.deployContract("Odd"), signers: await ethers.getSigners() });
  let odd, owner;
  beforeEach(async () => {
    ({ odd, signers: [owner] } = await loadFixture(deployed));
  });

  // Asked, estimated, and sent with gas of its own: then it is mined, and the manner of Hardhat answers with the error.
  const ways = (name, args) => {
    const request = { to: odd.target, data: odd.interface.encodeFunctionData(name, args) };
    return [
      () => odd[name].staticCall(...args),
      () => ethers.provider.estimateGas(request),
      () => owner.sendTransaction(request),
      ...(isHardhat ? [() => owner.sendTransaction({ ...request, gasLimit: 100_000n })] : []),
    ];
  };

  const panics = { overflow: [0x11, 5n], letter: [0x21, 9n], pop: [0x31], allocate: [0x41, 1n << 64n], callNothing: [0x51] };
  for (const [name, [code, ...args]] of Object.entries(panics)) {
    it(`panics with 0x${code.toString(16)}`, async () => {
      for (const way of ways(name, args)) await expect(way()).to.be.revertedWithPanic(code);
    });
  }

  it("reverts with a custom error and its arguments", async () => {
    for (const way of ways("strange", [])) {
      await expect(way()).to.be.revertedWithCustomError(odd, "Strange").withArgs(1n, "two", "0x03");
    }
  });

  it("reverts with any text", async () => {
    const text = `'it' costs "1 €"`;
    for (const way of ways("withText", [text])) await expect(way()).to.be.revertedWith(text);
  });

  it("reverts with bytes that mean nothing", async () => {
    for (const way of ways("withBytes", ["0x1234"])) await expect(way()).to.be.reverted;
  });

  it("has no such function, and takes no ether", async () => {
    await expect(owner.sendTransaction({ to: odd, data: "0x12345678" })).to.be.revertedWithoutReason();
    await expect(owner.sendTransaction({ to: odd, value: 1n })).to.be.revertedWith("no ether");
  });

  it("answers nothing where there is no code", async () => {
    const nobody = odd.attach("0x00000000000000000000000000000000000c0de0");
    await expect(nobody.value()).to.be.rejectedWith("could not decode result data");
  });

  it("runs with the gas that was estimated", async () => {
    for (const [name, args] of [["push", [10n]], ["pushWithHalf", [20n]], ["set", [5n]], ["set", [0n]]]) {
      const gasLimit = await odd[name].estimateGas(...args);
      const { gasUsed, status } = await (await odd[name](...args, { gasLimit })).wait();
      expect(status).to.equal(1);
      expect(gasUsed).to.be.at.most(gasLimit);
    }
    await expect(odd.push.estimateGas(1_000_000n)).to.be.rejected;
  });

  it("shows the past", async () => {
    const { blockNumber } = await (await odd.set(1n)).wait();
    await odd.set(2n);
    expect(await odd.value({ blockTag: blockNumber })).to.equal(1n);
    expect(await odd.value({ blockTag: blockNumber + 1 })).to.equal(2n);
    expect(BigInt(await ethers.provider.getStorage(odd, 0, blockNumber))).to.equal(1n);
    await expect(odd.value({ blockTag: blockNumber + 1000 })).to.be.rejected;
  });
});
