using System.Buffers;
using System.Text;
using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Net;
using Koinon.Rpc.TxPool;
using Koinon.Rpc.Web3;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Rpc.Tests;

/// <summary>A small chain in memory with its methods; contracts and balances are those of its genesis.</summary>
internal sealed class TestChain : IDisposable
{
    private readonly ExecutionResources _resources = new();
    private readonly RpcDispatcher _dispatcher;

    /// <summary>A chain whose genesis has some accounts.</summary>
    /// <param name="alloc">The members of <c>alloc</c>, as JSON.</param>
    /// <param name="limits">The bounds of callers.</param>
    public TestChain(string alloc = "", RpcLimits? limits = null)
    {
        string json = $$"""
            {
              "config": {
                "chainId": 1337, "homesteadBlock": 0, "eip150Block": 0, "eip155Block": 0, "eip158Block": 0,
                "byzantiumBlock": 0, "constantinopleBlock": 0, "petersburgBlock": 0, "istanbulBlock": 0,
                "berlinBlock": 0, "londonBlock": 0, "terminalTotalDifficulty": 0, "shanghaiTime": 0, "cancunTime": 0
              },
              "difficulty": "0x0", "gasLimit": "0x1c9c380", "timestamp": "0x64", "baseFeePerGas": "0x3b9aca00",
              "alloc": { {{alloc}} }
            }
            """;
        if (!Genesis.TryParse(Encoding.UTF8.GetBytes(json), out Genesis? genesis, out GenesisError? error))
        {
            throw new InvalidOperationException($"{error}");
        }

        Ledger = new Ledger(genesis, new DevelopmentSealing(), _resources);
        Pool = new TransactionPool(Ledger, PoolOptions.Development);
        BlockLookup blocks = new(Ledger, new PoolPending(Ledger, Pool, TimeProvider.System));
        RpcParts parts = TestParts.Over(Ledger, Pool) with
        {
            Blocks = blocks,
            Calls = new CallRunner(blocks, limits),
            Limits = limits ?? new RpcLimits(),
        };
        _dispatcher = new RpcDispatcher(
            new RpcMethodTable(
            [
                .. EthMethods.Create(parts),
                .. NetMethods.Create(parts),
                .. TxPoolMethods.Create(parts),
                .. Web3Methods.Create(parts),
            ]),
            parts.Limits,
            NullLogger<RpcDispatcher>.Instance);
    }

    /// <summary>The chain.</summary>
    public Ledger Ledger { get; }

    /// <summary>What waits.</summary>
    public TransactionPool Pool { get; }

    /// <summary>Builds a block of what waits.</summary>
    public LedgerBlock Mine()
    {
        LedgerBlock head = Ledger.Head;
        BuildResult built = new BlockBuilder(Ledger).Build(
            Pool, new BuildRequest { Timestamp = head.Header.Timestamp + 1 }, CancellationToken.None);
        Assert.True(Ledger.TryCommit(built.Block!));
        return built.Block!;
    }

    /// <summary>The result of a request that succeeds.</summary>
    public async Task<JsonElement> ResultAsync(string method, string parameters)
    {
        JsonElement answer = await AskAsync(method, parameters);
        return answer.TryGetProperty("result", out JsonElement result)
            ? result
            : throw new InvalidOperationException(answer.GetRawText());
    }

    /// <summary>The result of a request that succeeds and answers with a string.</summary>
    public async Task<string> TextAsync(string method, string parameters) =>
        (await ResultAsync(method, parameters)).GetString()!;

    /// <summary>The error of a request that fails.</summary>
    public async Task<(int Code, string Message, string? Data)> ErrorAsync(string method, string parameters)
    {
        JsonElement answer = await AskAsync(method, parameters);
        return answer.TryGetProperty("error", out JsonElement error)
            ? (error.GetProperty("code").GetInt32(),
                error.GetProperty("message").GetString()!,
                error.TryGetProperty("data", out JsonElement data) ? data.GetString() : null)
            : throw new InvalidOperationException(answer.GetRawText());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pool.Dispose();
        Ledger.Dispose();
        _resources.Dispose();
    }

    private async Task<JsonElement> AskAsync(string method, string parameters)
    {
        string request = $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":[{{parameters}}]}""";
        ArrayBufferWriter<byte> output = new();
        await _dispatcher.AnswerAsync(Encoding.UTF8.GetBytes(request), output, CancellationToken.None);
        using JsonDocument document = JsonDocument.Parse(output.WrittenMemory);
        return document.RootElement.Clone();
    }
}
