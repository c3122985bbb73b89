using System.Buffers;
using System.Text;
using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Rpc.Debug;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Net;
using Koinon.Rpc.Ots;
using Koinon.Rpc.Testing;
using Koinon.Rpc.Trace;
using Koinon.Rpc.TxPool;
using Koinon.Rpc.Web3;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Rpc.Tests.Conformance;

/// <summary>The chain of the conformance material in memory, with every method over it.</summary>
internal sealed class ConformanceChain : IDisposable
{
    private readonly ExecutionResources _resources = new();
    private readonly TransactionPool _pool;
    private readonly RpcDispatcher _dispatcher;

    private ConformanceChain(string folder)
    {
        if (!Genesis.TryParse(File.ReadAllBytes(Path.Combine(folder, "genesis.json")), out Genesis? genesis, out _))
        {
            throw new InvalidOperationException("genesis.json");
        }

        // The chain's blocks of proof of work carry no seal.
        Ledger = new Ledger(genesis, Merged.For(genesis.Network, caches: null), _resources);
        Import(File.ReadAllBytes(Path.Combine(folder, "chain.rlp")));
        SetHead(File.ReadAllBytes(Path.Combine(folder, "headfcu.json")));
        _pool = new TransactionPool(Ledger);
        RpcParts parts = TestParts.Over(Ledger, _pool);
        _dispatcher = new RpcDispatcher(
            new RpcMethodTable(
            [
                .. DebugMethods.Create(parts),
                .. EthMethods.Create(parts),
                .. NetMethods.Create(parts),
                .. OtsMethods.Create(parts),
                .. TestingMethods.Create(parts),
                .. TraceMethods.Create(parts),
                .. TxPoolMethods.Create(parts),
                .. Web3Methods.Create(parts),
            ]),
            new RpcLimits(),
            NullLogger<RpcDispatcher>.Instance);
    }

    /// <summary>The chain.</summary>
    public Ledger Ledger { get; }

    /// <summary>Imports the material's chain.</summary>
    public static ConformanceChain Open() => new(ExecutionApis.Tests);

    /// <summary>Answers a request.</summary>
    public async Task<JsonDocument> AskAsync(string request)
    {
        ArrayBufferWriter<byte> output = new();
        await _dispatcher.AnswerAsync(Encoding.UTF8.GetBytes(request), output, CancellationToken.None);
        return JsonDocument.Parse(output.WrittenMemory);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pool.Dispose();
        _resources.Dispose();
    }

    private void Import(ReadOnlyMemory<byte> blocks)
    {
        while (blocks.Length > 0)
        {
            int length = LengthOfList(blocks.Span);
            BlockImport import = Ledger.Import(blocks[..length]);
            if (import.Error != BlockError.None)
            {
                throw new InvalidOperationException($"{import.Error}: {import.Detail}");
            }

            blocks = blocks[length..];
        }
    }

    /// <summary>The bytes of the list that a sequence of RLP begins with.</summary>
    private static int LengthOfList(ReadOnlySpan<byte> rlp)
    {
        int lengthBytes = rlp[0] - 0xf7;
        if (lengthBytes <= 0)
        {
            return 1 + (rlp[0] - 0xc0);
        }

        int length = 0;
        foreach (byte digit in rlp.Slice(1, lengthBytes))
        {
            length = (length << 8) | digit;
        }

        return 1 + lengthBytes + length;
    }

    private void SetHead(byte[] forkchoice)
    {
        using JsonDocument document = JsonDocument.Parse(forkchoice);
        JsonElement state = document.RootElement.GetProperty("params")[0];
        HeadError error = Ledger.SetHead(
            Hash256.Parse(state.GetProperty("headBlockHash").GetString()!),
            Hash256.Parse(state.GetProperty("safeBlockHash").GetString()!),
            Hash256.Parse(state.GetProperty("finalizedBlockHash").GetString()!));
        if (error != HeadError.None)
        {
            throw new InvalidOperationException($"headfcu.json: {error}");
        }
    }
}
