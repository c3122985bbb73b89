const { expect } = require("chai");
const { ethers } = require("hardhat");
const { PANIC_CODES } = require("@nomicfoundation/hardhat-chai-matchers/panic");
const { anyValue } = require("@nomicfoundation/hardhat-chai-matchers/withArgs");

describe("Reverts", () => {
  let probe, owner, other;
  before(async () => {
    [owner, other] = await ethers.getSigners();
    probe = await ethers.deployContract("Probe", { value: 100n });
  });

  // Sends without an estimate are mined and fail there; estimates and calls fail before. In the manner of anvil a send
  // that fails is answered by its hash all the same, so that there is no error to look at.
  const sent = process.env.KOINON_COMPAT === "anvil" ? [] : [["sent", { gasLimit: 200_000n }]];
  for (const [manner, options] of [...sent, ["estimated", {}]]) {
    it(`with a reason, ${manner}`, async () => {
      await expect(probe.withReason(options)).to.be.revertedWith("no way");
    });
    it(`without a reason, ${manner}`, async () => {
      await expect(probe.withoutReason(options)).to.be.revertedWithoutReason();
    });
    it(`with a panic, ${manner}`, async () => {
      await expect(probe.withPanic(0, options)).to.be.revertedWithPanic(PANIC_CODES.DIVISION_BY_ZERO);
      await expect(probe.withAssert(options)).to.be.revertedWithPanic(PANIC_CODES.ASSERTION_ERROR);
    });
    it(`by an invalid instruction, ${manner}`, async () => {
      await expect(probe.withInvalid(options)).to.be.revertedWithoutReason();
      await expect(probe.withInvalid(options)).to.be.reverted;
    });
    it(`for a caller, ${manner}`, async () => {
      await expect(probe.connect(other).onlyOwner.staticCall()).to.be.revertedWith("only the owner");
      await expect(probe.connect(owner).onlyOwner()).not.to.be.reverted;
    });
  }

  it("of a call", async () => {
    await expect(probe.withArray([1n, 2n], 2n)).to.be.revertedWithPanic(PANIC_CODES.ARRAY_ACCESS_OUT_OF_BOUNDS);
    expect(await probe.withArray([1n, 2n], 1n)).to.equal(2n);
    await expect(probe.withReason.staticCall()).to.be.revertedWith("no way");
  });

  it("that a receipt shows", async () => {
    const before = await ethers.provider.getTransactionCount(owner);
    await expect(probe.withReason({ gasLimit: 100_000n })).to.be.reverted;
    expect(await ethers.provider.getTransactionCount(owner)).to.equal(before + 1);
    const block = await ethers.provider.getBlock("latest");
    const receipt = await ethers.provider.getTransactionReceipt(block.transactions[0]);
    expect(receipt.status).to.equal(0);
  });

  it("by running out of gas", async () => {
    await expect(probe.burn({ gasLimit: 100_000n })).to.be.reverted;
  });

  it("with more ether than there is", async () => {
    const empty = ethers.Wallet.createRandom().connect(ethers.provider);
    await expect(empty.sendTransaction({ to: owner.address, value: 1n })).to.be.rejected;
    await expect(owner.sendTransaction({ to: other.address, value: ethers.parseEther("1000000000") })).to.be.rejected;
  });

  it("with a nonce that was used", async () => {
    await expect(owner.sendTransaction({ to: other.address, nonce: 0 })).to.be.rejectedWith(/nonce/i);
  });

  it("not at all", async () => {
    await expect(probe.set(3n)).to.emit(probe, "Seen").withArgs(3n, owner.address, anyValue);
    await expect(probe.set(3n)).not.to.be.reverted;
  });
});
