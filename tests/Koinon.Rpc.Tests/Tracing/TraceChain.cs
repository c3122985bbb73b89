using System.Buffers;
using System.Text;
using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Crypto;
using Koinon.Evm;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Debug;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Ots;
using Koinon.Rpc.Tests.Conformance;
using Koinon.Rpc.Trace;
using Koinon.Rpc.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Rpc.Tests.Tracing;

/// <summary>A chain with given contracts on which transactions are mined and traced.</summary>
internal sealed class TraceChain : IDisposable
{
    public const string FirstText = "0x00000000000000000000000000000000c0de0001";
    public const string SecondText = "0x00000000000000000000000000000000c0de0002";
    public const string ThirdText = "0x00000000000000000000000000000000c0de0003";
    private const ulong ChainId = 1337;

    public static readonly Address First = Address.Parse(FirstText);
    public static readonly Address Second = Address.Parse(SecondText);
    public static readonly Address Third = Address.Parse(ThirdText);

    private static readonly byte[] Secret = [.. new byte[31], 1];

    private readonly ExecutionResources _resources = new();
    private readonly TransactionPool _pool;
    private readonly BlockBuilder _builder;
    private ulong _nonce;

    public TraceChain(Bytecode first, Bytecode second = default, Bytecode third = default, TraceLimits? limits = null)
    {
        byte[] text = Encoding.UTF8.GetBytes(GenesisText(first, second, third));
        Assert.True(Genesis.TryParse(text, out Genesis? genesis, out GenesisError? error), $"{error}");
        Ledger = new Ledger(genesis, Merged.For(genesis.Network, caches: null), _resources);
        _builder = new BlockBuilder(Ledger);
        _pool = new TransactionPool(Ledger);
        RpcParts parts = TestParts.Over(Ledger, _pool);
        parts = parts with { Traces = new TraceRunner(parts.Calls, limits) };
        Dispatcher = new RpcDispatcher(
            new RpcMethodTable(
            [
                .. DebugMethods.Create(parts),
                .. EthMethods.Create(parts),
                .. OtsMethods.Create(parts),
                .. TraceMethods.Create(parts),
            ]),
            new RpcLimits(),
            NullLogger<RpcDispatcher>.Instance);
    }

    public static Address Sender { get; } = AddressOfSender();

    public static string SenderText => Sender.ToString();

    public Ledger Ledger { get; }

    public RpcDispatcher Dispatcher { get; }

    /// <summary>Mines calls in one block.</summary>
    public IReadOnlyList<LedgerTransaction> Mine(
        params IReadOnlyList<(Address? To, ulong Gas, byte[] Data, UInt256 Value)> calls)
    {
        LedgerBlock parent = Ledger.Head;
        BuildResult result = _builder.Build(
            parent,
            [.. calls.Select(Sign)],
            new BuildRequest { Timestamp = parent.Header.Timestamp + 12 },
            CancellationToken.None);
        Assert.True(result.Verdict.IsValid, $"{result.Verdict}");
        Assert.Empty(result.Refused);
        Assert.True(Ledger.TryCommit(result.Block!));
        return [.. calls.Select((_, index) => new LedgerTransaction(result.Block!, index))];
    }

    /// <summary>Mines one call.</summary>
    public LedgerTransaction Mine(Address? to, ulong gas = 1_000_000, byte[]? data = null, UInt256 value = default) =>
        Mine((to, gas, data ?? [], value))[0];

    /// <summary>Asks for a result.</summary>
    public async Task<JsonElement> AskAsync(string method, string parameters)
    {
        JsonElement answer = await AnswerAsync(method, parameters);
        Assert.True(answer.TryGetProperty("result", out JsonElement result), answer.GetRawText());
        return result;
    }

    /// <summary>Asks for something that is refused.</summary>
    public async Task<(int Code, string Message)> RefuseAsync(string method, string parameters)
    {
        JsonElement answer = await AnswerAsync(method, parameters);
        Assert.True(answer.TryGetProperty("error", out JsonElement error), answer.GetRawText());
        return (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()!);
    }

    /// <summary>Asks, and compares the result with JSON; the order of members says nothing.</summary>
    public async Task ShouldAnswerAsync(string method, string parameters, string expected)
    {
        JsonElement actual = await AskAsync(method, parameters);
        using JsonDocument document = JsonDocument.Parse(expected);
        string? difference = JsonComparison.FirstDifference(document.RootElement, actual, "result");
        Assert.True(difference is null, $"{difference}\n{actual.GetRawText()}");
    }

    public void Dispose()
    {
        _pool.Dispose();
        Ledger.Dispose();
        _resources.Dispose();
    }

    private async Task<JsonElement> AnswerAsync(string method, string parameters)
    {
        string request = $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""";
        ArrayBufferWriter<byte> output = new();
        await Dispatcher.AnswerAsync(
            Encoding.UTF8.GetBytes(request), output, TestContext.Current.CancellationToken);
        using JsonDocument answer = JsonDocument.Parse(
            output.WrittenMemory, new JsonDocumentOptions { MaxDepth = 4_096 });
        return answer.RootElement.Clone();
    }

    private static Address AddressOfSender()
    {
        byte[] key = new byte[64];
        byte[] digest = new byte[32];
        Assert.True(Secp256k1.TryGetPublicKey(Secret, key));
        Keccak256.Hash(key, digest);
        return new Address(digest.AsSpan(12));
    }

    private static string GenesisText(Bytecode first, Bytecode second, Bytecode third) => $$$"""
        {"config":{"chainId":{{{ChainId}}},"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,
        "byzantiumBlock":0,"constantinopleBlock":0,"petersburgBlock":0,"istanbulBlock":0,"berlinBlock":0,
        "londonBlock":0,"mergeNetsplitBlock":0,"terminalTotalDifficulty":0,"shanghaiTime":0,"cancunTime":0,
        "blobSchedule":{"cancun":{"target":3,"max":6,"baseFeeUpdateFraction":3338477 } } },
        "difficulty":"0x0","gasLimit":"0x1c9c380","baseFeePerGas":"0x7","alloc":{
        "{{{Sender}}}":{"balance":"0xd3c21bcecceda1000000"},
        "{{{FirstText}}}":{"balance":"0x3e8","nonce":"0x1","code":"{{{Text(first)}}}",
        "storage":{"0x01":"0x07"} },
        "{{{SecondText}}}":{"balance":"0x0","nonce":"0x1","code":"{{{Text(second)}}}"},
        "{{{ThirdText}}}":{"balance":"0x0","nonce":"0x1","code":"{{{Text(third)}}}"} } }
        """;

    private static string Text(Bytecode code) => Hex.Encode(code.Bytes ?? []);

    private Transaction Sign((Address? To, ulong Gas, byte[] Data, UInt256 Value) call)
    {
        Transaction unsigned = new()
        {
            Type = TransactionType.Legacy,
            ChainId = ChainId,
            Nonce = _nonce++,
            GasLimit = call.Gas,
            MaxFeePerGas = 7,
            MaxPriorityFeePerGas = 7,
            To = call.To,
            Value = call.Value,
            Data = call.Data,
        };
        byte[] signature = new byte[64];
        Hash256 hash = unsigned.SigningHash;
        Assert.True(Secp256k1.TrySign(Secret, Hash256.AsSpan(in hash), signature, out int recoveryId));
        return unsigned.WithSignature(TransactionSignature.ForLegacy(
            ChainId,
            (byte)recoveryId,
            UInt256.FromBigEndian(signature.AsSpan(0, 32)),
            UInt256.FromBigEndian(signature.AsSpan(32))));
    }
}
