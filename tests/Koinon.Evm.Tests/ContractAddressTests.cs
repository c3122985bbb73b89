using Koinon.Primitives;

namespace Koinon.Evm.Tests;

public sealed class ContractAddressTests
{
    // EIP-1014, examples.
    [Theory]
    [InlineData("0x0000000000000000000000000000000000000000", "0x00", "0x00",
        "0x4d1a2e2bb4f88f0250f26ffff098b0b30b26bf38")]
    [InlineData("0xdeadbeef00000000000000000000000000000000", "0x00", "0x00",
        "0xb928f69bb1d91cd65274e3c79d8986362984fda3")]
    [InlineData("0x00000000000000000000000000000000deadbeef", "0xcafebabe", "0xdeadbeef",
        "0x60f3f640a8508fc6a86d45df051962668e1e8ac7")]
    [InlineData("0x0000000000000000000000000000000000000000", "0x00", "0x",
        "0xe33c0c7f7df4809055c3eba6c09cfe4baf1bd9e0")]
    public void Of_SaltAndInitCode_IsTheAddressOfEip1014(string creator, string salt, string initCode,
        string expected) =>
        Assert.Equal(
            Address.Parse(expected),
            ContractAddress.Of(Address.Parse(creator), UInt256.FromBigEndian(Hex.Decode(salt)), Hex.Decode(initCode)));

    // The first contracts of the development accounts, known from every Hardhat and Foundry tutorial.
    [Theory]
    [InlineData(0, "0x5fbdb2315678afecb367f032d93f642f64180aa3")]
    [InlineData(1, "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512")]
    public void Of_Nonce_IsTheHashOfItsRlp(ulong nonce, string expected) =>
        Assert.Equal(
            Address.Parse(expected), ContractAddress.Of(Address.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
                nonce));
}
