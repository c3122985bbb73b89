using System.Text;
using Koinon.Chain;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Consensus;
using Koinon.Crypto;
using Koinon.Evm;
using Koinon.Node.Chains;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Node.Tests.Chains;

/// <summary>Makes blocks of payments and logs on a genesis, and a directory for what comes of them.</summary>
internal sealed class ChainMaker : IDisposable
{
    private const ulong ChainId = 1337;
    private const string Logger = "0x0000000000000000000000000000000000001000"; // LOG1 of the call's first word.

    private static readonly byte[] Secret = [.. new byte[31], 1];

    private readonly ExecutionResources _resources = new();
    private readonly BlockBuilder _builder;
    private ulong _nonce;

    public ChainMaker(string extraData = "0x")
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("koinon-chain-").FullName;
        GenesisFile = Path.Combine(Directory, "given.json");
        File.WriteAllText(GenesisFile, GenesisText(extraData));
        Assert.True(Genesis.TryParse(File.ReadAllBytes(GenesisFile), out Genesis? genesis, out GenesisError? error),
            $"{error}");
        Ledger = new Ledger(genesis, Merged.For(genesis.Network, caches: null), _resources);
        _builder = new BlockBuilder(Ledger);
    }

    public string Directory { get; }

    public string GenesisFile { get; }

    /// <summary>The chain in memory.</summary>
    public Ledger Ledger { get; }

    public ChainOptions Options => new()
    {
        Directory = Path.Combine(Directory, "data"),
        GenesisFile = GenesisFile,
        Durability = Storage.LmdbDurability.Normal,
    };

    public string PathOf(string name) => Path.Combine(Directory, name);

    /// <summary>Adds blocks of two payments and a log each.</summary>
    public void Extend(int blocks)
    {
        for (int i = 0; i < blocks; i++)
        {
            LedgerBlock parent = Ledger.Head;
            Transaction[] transactions =
            [
                Pay(Address.Parse($"0x{parent.Number + 1:x40}")),
                Pay(Address.Parse("0x00000000000000000000000000000000000000aa")),
                Pay(Address.Parse(Logger), Hash256.AsSpan(parent.Hash).ToArray()),
            ];
            BuildResult result = _builder.Build(
                parent,
                transactions,
                new BuildRequest { Timestamp = parent.Header.Timestamp + 12 },
                CancellationToken.None);
            Assert.True(result.Verdict.IsValid, $"{result.Verdict}");
            Assert.True(Ledger.TryCommit(result.Block!));
        }
    }

    /// <summary>Writes the blocks to a file.</summary>
    public string Export(string name, ulong from = 1, ulong? to = null)
    {
        string file = PathOf(name);
        Assert.Null(ChainExport.Write(Ledger, from, to ?? Ledger.Head.Number, file, null, CancellationToken.None));
        return file;
    }

    public void Dispose()
    {
        Ledger.Dispose();
        _resources.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static string GenesisText(string extraData)
    {
        byte[] key = new byte[64], digest = new byte[32];
        Assert.True(Secp256k1.TryGetPublicKey(Secret, key));
        Keccak256.Hash(key, digest);
        StringBuilder text = new();
        text.Append($$"""
            {"config":{"chainId":{{ChainId}},"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,
            "byzantiumBlock":0,"constantinopleBlock":0,"petersburgBlock":0,"istanbulBlock":0,"berlinBlock":0,
            "londonBlock":0,"mergeNetsplitBlock":0,"terminalTotalDifficulty":0,"shanghaiTime":0},
            "difficulty":"0x0","gasLimit":"0x1c9c380","extraData":"{{extraData}}","alloc":{
            "{{new Address(digest.AsSpan(12))}}":{"balance":"0xd3c21bcecceda1000000"},
            "{{Logger}}":{"balance":"0x0","code":"0x60003560006000a1","storage":{"0x01":"0x02"} } } }
            """);
        return text.ToString();
    }

    private Transaction Pay(Address to, byte[]? data = null)
    {
        Transaction unsigned = new()
        {
            Type = TransactionType.Legacy,
            ChainId = ChainId,
            Nonce = _nonce++,
            GasLimit = 60_000,
            MaxFeePerGas = 10_000_000_000,
            MaxPriorityFeePerGas = 10_000_000_000,
            To = to,
            Value = 1,
            Data = data ?? [],
        };
        return Sign(unsigned);
    }

    /// <summary>Signs a transaction of the account that pays, with or without a chain id.</summary>
    public static Transaction Sign(Transaction unsigned)
    {
        byte[] signature = new byte[64];
        Hash256 hash = unsigned.SigningHash;
        Assert.True(Secp256k1.TrySign(Secret, Hash256.AsSpan(in hash), signature, out int recoveryId));
        return unsigned.WithSignature(TransactionSignature.ForLegacy(
            unsigned.ChainId,
            (byte)recoveryId,
            UInt256.FromBigEndian(signature.AsSpan(0, 32)),
            UInt256.FromBigEndian(signature.AsSpan(32))));
    }
}
