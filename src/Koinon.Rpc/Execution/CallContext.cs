using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Evm.Forks;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Execution;

/// <summary>
/// What calls about a block run in: its rules, what they see of it, and its state, overrides included.
/// </summary>
public sealed class CallContext
{
    private BlockEnvironment? _free;

    /// <summary>The block that is asked about.</summary>
    public required LedgerBlock Block { get; init; }

    /// <summary>The rules.</summary>
    public required Fork Fork { get; init; }

    /// <summary>What calls see of the block, fees included.</summary>
    public required BlockEnvironment Environment { get; init; }

    /// <summary>The state calls run on.</summary>
    public required IStateView State { get; init; }

    /// <summary>The state below the overrides: what is missing is fetched into it.</summary>
    public required IStateView Kept { get; init; }

    /// <summary>Whether the question names the base fee itself.</summary>
    public bool NamesBaseFee { get; init; }

    /// <summary>Whether the question names the price of blob gas itself.</summary>
    public bool NamesBlobFee { get; init; }

    /// <summary>What a call sees of the block: who offers nothing for gas, sees no base fee (geth's rule).</summary>
    public BlockEnvironment EnvironmentOf(CallRequest request)
    {
        if (!request.IsFree)
        {
            return Environment;
        }

        bool paysForBlobs = request.MaxFeePerBlobGas is { IsZero: false };
        return _free ??= With(
            NamesBaseFee ? Environment.BaseFee : UInt256.Zero,
            NamesBlobFee || paysForBlobs || request.BlobVersionedHashes is null
                ? Environment.BlobBaseFee
                : UInt256.Zero);
    }

    /// <summary>The same on another state.</summary>
    public CallContext WithState(IStateView state) => new()
    {
        Block = Block,
        Fork = Fork,
        Environment = Environment,
        State = state,
        Kept = Kept,
        NamesBaseFee = NamesBaseFee,
        NamesBlobFee = NamesBlobFee,
    };

    private BlockEnvironment With(UInt256 baseFee, UInt256 blobBaseFee) => new()
    {
        ChainId = Environment.ChainId,
        Number = Environment.Number,
        Timestamp = Environment.Timestamp,
        GasLimit = Environment.GasLimit,
        Beneficiary = Environment.Beneficiary,
        Difficulty = Environment.Difficulty,
        PrevRandao = Environment.PrevRandao,
        BaseFee = baseFee,
        BlobBaseFee = blobBaseFee,
        BlockHashes = Environment.BlockHashes,
    };
}
