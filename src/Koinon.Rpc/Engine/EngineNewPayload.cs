using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary>
/// <c>engine_newPayloadV1</c> to <c>V4</c>: takes a block from the consensus client, executes it where its parent is
/// known, and says what it is worth.
/// </summary>
/// <param name="version">Which of them.</param>
/// <param name="ledger">The chain.</param>
/// <param name="intake">Takes blocks.</param>
internal sealed class EngineNewPayload(int version, Ledger ledger, PayloadIntake intake)
    : RpcQuery<NewPayloadRequest, PayloadStatus>
{
    /// <inheritdoc/>
    public override string Name => $"engine_newPayloadV{version}";

    /// <inheritdoc/>
    protected override NewPayloadRequest Read(ref ParameterReader reader)
    {
        ExecutionPayload payload = reader.Required(PayloadReader.ReadPayload);
        return new NewPayloadRequest(
            payload,
            version >= PayloadAge.Blobs ? reader.Required(PayloadReader.ReadHashes) : null,
            version >= PayloadAge.Blobs ? reader.Hash() : null,
            version >= PayloadAge.Requests ? reader.Required(PayloadReader.ReadRequests) : null);
    }

    /// <inheritdoc/>
    protected override RpcResult<PayloadStatus> Answer(NewPayloadRequest parameters)
    {
        ExecutionPayload payload = parameters.Payload;
        ActiveRules rules = ledger.Schedule.At(payload.BlockNumber, payload.Timestamp, UInt256.MaxValue);
        if (Judge(payload, PayloadAge.Of(rules)) is { } error)
        {
            return error;
        }

        if (intake.Decode(payload.Transactions, out IReadOnlyList<Transaction> transactions) is { } wrong)
        {
            return PayloadStatus.Invalid(null, wrong);
        }

        Block block = payload.ToBlock(transactions, parameters.ParentBeaconBlockRoot, parameters.Requests);
        Hash256 hash = ledger.Consensus.HashOf(block.Header);
        if (hash != payload.BlockHash)
        {
            string difference = $"block hash {payload.BlockHash}, the payload's is {hash}";
            return version == PayloadAge.Bare
                ? new PayloadStatus("INVALID_BLOCK_HASH", null, difference)
                : PayloadStatus.Invalid(null, difference);
        }

        return parameters.VersionedHashes is { } hashes && !HashesOf(transactions).SequenceEqual(hashes)
            ? PayloadStatus.Invalid(null, "the blobs' versioned hashes are not those of the transactions")
            : intake.Take(block, hash);
    }

    private static IEnumerable<Hash256> HashesOf(IReadOnlyList<Transaction> transactions) =>
        transactions.SelectMany(static transaction => transaction.BlobVersionedHashes);

    /// <summary>Whether the payload has what its version has, and its fork is one of the method's.</summary>
    private RpcError? Judge(ExecutionPayload payload, int age)
    {
        bool hasWithdrawals = payload.Withdrawals is not null;
        bool hasBlobs = payload.BlobGasUsed is not null && payload.ExcessBlobGas is not null;
        bool hasAnyBlobField = payload.BlobGasUsed is not null || payload.ExcessBlobGas is not null;
        return version switch
        {
            PayloadAge.Bare when hasWithdrawals || hasAnyBlobField => Unexpected("withdrawals and blob gas"),
            PayloadAge.Bare => age == PayloadAge.Bare ? null : EngineErrors.UnsupportedFork,
            PayloadAge.Withdrawals when age >= PayloadAge.Blobs => EngineErrors.UnsupportedFork,
            PayloadAge.Withdrawals when hasAnyBlobField => Unexpected("blob gas"),
            PayloadAge.Withdrawals when hasWithdrawals != (age == PayloadAge.Withdrawals) =>
                hasWithdrawals ? Unexpected("withdrawals") : Missing("withdrawals"),
            PayloadAge.Withdrawals => null,
            _ when !hasWithdrawals => Missing("withdrawals"),
            _ when !hasBlobs => Missing("blobGasUsed and excessBlobGas"),
            PayloadAge.Blobs => age == PayloadAge.Blobs ? null : EngineErrors.UnsupportedFork,
            _ => age >= PayloadAge.Requests ? null : EngineErrors.UnsupportedFork,
        };
    }

    private static RpcError Unexpected(string field) =>
        RpcError.InvalidParameters($"invalid argument 0: {field}: not in a payload of this version and time");

    private static RpcError Missing(string field) =>
        RpcError.InvalidParameters($"invalid argument 0: {field}: missing");
}
