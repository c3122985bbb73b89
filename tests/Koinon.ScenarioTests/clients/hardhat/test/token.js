const { expect } = require("chai");
const { ethers } = require("hardhat");
const { loadFixture } = require("@nomicfoundation/hardhat-network-helpers");

describe("Token", () => {
  async function deployed() {
    const [owner, holder, other] = await ethers.getSigners();
    const token = await ethers.deployContract("Token", [1000n]);
    return { owner, holder, other, token };
  }

  for (let round = 0; round < 3; round++) {
    it(`starts from its fixture (${round})`, async () => {
      const { owner, holder, token } = await loadFixture(deployed);
      expect(await token.balanceOf(owner)).to.equal(1000n);
      await token.transfer(holder, 10n);
      expect(await token.balanceOf(holder)).to.equal(10n);
    });
  }

  it("changes token balances", async () => {
    const { owner, holder, token } = await loadFixture(deployed);
    await expect(token.transfer(holder, 50n)).to.changeTokenBalances(token, [owner, holder], [-50n, 50n]);
    await expect(() => token.connect(holder).transfer(owner, 50n)).to.changeTokenBalance(token, holder, -50n);
  });

  it("emits with arguments, not otherwise", async () => {
    const { owner, holder, token } = await loadFixture(deployed);
    await expect(token.transfer(holder, 1n)).to.emit(token, "Transfer").withArgs(owner.address, holder.address, 1n);
    await expect(token.deploymentTransaction())
      .to.emit(token, "Transfer")
      .withArgs(ethers.ZeroAddress, owner.address, 1000n);
  });

  it("reverts with its custom error and arguments", async () => {
    const { holder, other, token } = await loadFixture(deployed);
    await expect(token.connect(holder).transfer(other, 5n))
      .to.be.revertedWithCustomError(token, "InsufficientBalance")
      .withArgs(holder.address, 0n, 5n);
    await expect(token.connect(holder).transfer.staticCall(other, 5n)).to.be.revertedWithCustomError(
      token,
      "InsufficientBalance",
    );
  });

  it("reverts with a reason", async () => {
    const { token } = await loadFixture(deployed);
    await expect(token.transfer(ethers.ZeroAddress, 1n)).to.be.revertedWith("transfer to the zero address");
  });

  it("finds events by filters", async () => {
    const { owner, holder, other, token } = await loadFixture(deployed);
    await token.transfer(holder, 1n);
    await token.transfer(other, 2n);
    const start = (await token.deploymentTransaction().wait()).blockNumber;
    expect(await token.queryFilter(token.filters.Transfer(owner), start)).to.have.lengthOf(2);
    expect(await token.queryFilter(token.filters.Transfer(null, other), start, "latest")).to.have.lengthOf(1);
  });
});
