using Koinon.Evm.Forks;
using Koinon.Evm.Instructions;

namespace Koinon.Evm.Tests.Forks;

public sealed class ForkListTests
{
    // Each opcode with the fork that brought it; those not listed came with the first.
    public static TheoryData<Opcode, string> Arrivals => new()
    {
        { Opcode.DelegateCall, "Homestead" },
        { Opcode.Revert, "Byzantium" },
        { Opcode.ReturnDataSize, "Byzantium" },
        { Opcode.ReturnDataCopy, "Byzantium" },
        { Opcode.StaticCall, "Byzantium" },
        { Opcode.Shl, "Constantinople" },
        { Opcode.Shr, "Constantinople" },
        { Opcode.Sar, "Constantinople" },
        { Opcode.ExtCodeHash, "Constantinople" },
        { Opcode.Create2, "Constantinople" },
        { Opcode.ChainId, "Istanbul" },
        { Opcode.SelfBalance, "Istanbul" },
        { Opcode.BaseFee, "London" },
        { Opcode.Push0, "Shanghai" },
        { Opcode.TLoad, "Cancun" },
        { Opcode.TStore, "Cancun" },
        { Opcode.MCopy, "Cancun" },
        { Opcode.BlobHash, "Cancun" },
        { Opcode.BlobBaseFee, "Cancun" },
        { Opcode.Clz, "Osaka" },
    };

    [Theory]
    [MemberData(nameof(Arrivals))]
    public void Instructions_OneForkBefore_DoNotKnowTheOpcode(Opcode opcode, string fork)
    {
        int index = IndexOf(fork);
        Assert.True(ForkList.All[index].Instructions[opcode].IsDefined);
        Assert.False(ForkList.All[index - 1].Instructions[opcode].IsDefined);
    }

    [Fact]
    public void Instructions_OfEveryFork_HaveFactsAndAgreeWithThem()
    {
        foreach (Fork fork in ForkList.All)
        {
            for (int value = 0; value < 256; value++)
            {
                var opcode = (Opcode)value;
                InstructionRow row = fork.Instructions[opcode];
                OpcodeInfo info = OpcodeTable.Of(opcode);
                if (!row.IsDefined)
                {
                    continue;
                }

                Assert.True(info.IsKnown, $"{fork.Name}: 0x{value:x2} has no facts");
                Assert.Equal(info.Reaches, row.StackMin);
                Assert.Equal(info.Pushes - info.Pops, row.StackGrowth);
            }
        }
    }

    [Fact]
    public void Instructions_OfTheNewestFork_AreEveryOpcodeThatHasFacts()
    {
        for (int value = 0; value < 256; value++)
        {
            var opcode = (Opcode)value;
            Assert.Equal(OpcodeTable.Of(opcode).IsKnown, ForkList.Newest.Instructions[opcode].IsDefined);
        }
    }

    [Fact]
    public void With_AChangeThatChangesNothing_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ForkList.Newest.Instructions.With((Opcode.Add, 3)));

    [Theory]
    [InlineData("Tangerine Whistle", "EIP150")]
    [InlineData("SpuriousDragon", "EIP158")]
    [InlineData("petersburg", "ConstantinopleFix")]
    [InlineData("Merge", "Paris")]
    [InlineData("osaka", "Osaka")]
    public void TryParse_UsualNames_FindTheFork(string name, string expected)
    {
        Assert.True(ForkList.TryParse(name, out Fork? fork));
        Assert.Equal(expected, fork.Name);
    }

    [Fact]
    public void Get_UnknownName_NamesTheKnownOnes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ForkList.Get("Atlantis"));
        Assert.Contains("Osaka", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Precompiles_OfTheNewestFork_HaveTheNamesOfEip7910() =>
        Assert.Equal(
            [
                "ECREC", "SHA256", "RIPEMD160", "ID", "MODEXP", "BN254_ADD", "BN254_MUL", "BN254_PAIRING", "BLAKE2F",
                "KZG_POINT_EVALUATION", "BLS12_G1ADD", "BLS12_G1MSM", "BLS12_G2ADD", "BLS12_G2MSM",
                "BLS12_PAIRING_CHECK",
                "BLS12_MAP_FP_TO_G1", "BLS12_MAP_FP2_TO_G2", "P256VERIFY",
            ],
            ForkList.Newest.Precompiles.All.Select(precompile => precompile.Name));

    private static int IndexOf(string name)
    {
        for (int i = 0; i < ForkList.All.Count; i++)
        {
            if (ForkList.All[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException(name);
    }
}
