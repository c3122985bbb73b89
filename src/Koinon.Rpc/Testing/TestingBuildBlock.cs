using System.Text.Json;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Engine;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Testing;

/// <summary>
/// <c>testing_buildBlockV1</c>: the block that would come of given transactions, or of those that wait; it is put
/// nowhere.
/// </summary>
/// <param name="ledger">The chain.</param>
/// <param name="pool">What waits.</param>
/// <param name="options">Where the gas limit goes.</param>
internal sealed class TestingBuildBlock(Ledger ledger, TransactionPool pool, EngineOptions options)
    : RpcQuery<TestingBuildRequest, PayloadEnvelopeJson>
{
    private readonly BlockBuilder _builder = new(ledger);

    /// <inheritdoc/>
    public override string Name => "testing_buildBlockV1";

    /// <inheritdoc/>
    protected override TestingBuildRequest Read(ref ParameterReader reader) => new(
        reader.Hash(),
        reader.Required(PayloadReader.ReadAttributes),
        reader.Optional(ReadTransactions),
        reader.Optional(ReadBytes));

    /// <inheritdoc/>
    protected override RpcResult<PayloadEnvelopeJson> Answer(TestingBuildRequest parameters)
    {
        if (!ledger.TryGet(parameters.Parent, out LedgerBlock? parent))
        {
            return RpcError.Server($"unknown block: parent {parameters.Parent}");
        }

        PayloadAttributes attributes = parameters.Attributes;
        if (attributes.Timestamp <= parent.Header.Timestamp)
        {
            return RpcError.Server(
                $"invalid timestamp: {attributes.Timestamp}, the parent's is {parent.Header.Timestamp}");
        }

        BuildRequest request = PayloadBuilds.RequestOf(attributes, options) with { ExtraData = parameters.ExtraData };
        BuildResult result = parameters.Transactions is { } given
            ? _builder.Build(parent, given, request, CancellationToken.None)
            : _builder.Build(pool, parent, request, CancellationToken.None);
        if (parameters.Transactions is not null && result.LeftOut.Count > 0)
        {
            LeftOutTransaction wrong = result.LeftOut[0];
            return TransactionTexts.ErrorOf(wrong.Error, wrong.Detail);
        }

        return result.Block is { } block && BuiltPayload.Of(block, hash => SidecarOf(hash, parameters)) is { } built
            ? PayloadEnvelopeJson.Of(built, PayloadAge.Of(block.Rules))
            : RpcError.Server($"no block could be built: {result.Verdict.Detail ?? "blobs are missing"}");
    }

    private static (IReadOnlyList<Transaction>? Value, string? Wrong) ReadTransactions(JsonElement element)
    {
        (IReadOnlyList<ReadOnlyMemory<byte>> items, string? wrong) = PayloadReader.ReadByteLists(element);
        List<Transaction> transactions = new(items.Count);
        foreach (ReadOnlyMemory<byte> item in items)
        {
            if (!Transaction.TryDecodeNetworkForm(item.Span, out Transaction? transaction, out var error)
                && !Transaction.TryDecode(item.Span, out transaction, out error))
            {
                return (transactions, $"transaction {transactions.Count}: {error}");
            }

            transactions.Add(transaction);
        }

        return (transactions, wrong);
    }

    private static (ReadOnlyMemory<byte> Value, string? Wrong) ReadBytes(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadData(element, out ReadOnlyMemory<byte> bytes);
        return (bytes, wrong ?? (bytes.Length > 32 ? $"{bytes.Length} bytes, at most 32" : null));
    }

    private BlobSidecar? SidecarOf(Transaction transaction, TestingBuildRequest request)
    {
        foreach (Transaction given in request.Transactions ?? [])
        {
            if (given.Hash == transaction.Hash)
            {
                return given.Sidecar ?? Empty;
            }
        }

        return pool.TryGet(transaction.Hash, out Transaction? pooled) ? pooled.Sidecar : null;
    }

    /// <summary>What is given without its blobs is built without them.</summary>
    private static BlobSidecar Empty => new() { Blobs = [], Commitments = [], Proofs = [] };
}
