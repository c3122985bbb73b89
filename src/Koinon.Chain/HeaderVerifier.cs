using Koinon.Chain.Forks;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain;

/// <summary>Checks a header against its parent and the rules of its fork.</summary>
/// <remarks>
/// Immutable, safe from any thread. Source: yellow paper, section 4.3.4, and the EIPs that each check names.
/// </remarks>
public sealed class HeaderVerifier(NetworkSchedule schedule, IConsensus consensus)
{
    private const int ExtraDataBytesMax = 32;
    private const ulong GasLimitMin = 5_000;
    private const ulong GasLimitMax = long.MaxValue;
    private const ulong GasLimitBoundDivisor = 1_024;

    /// <summary>Checks a header.</summary>
    /// <param name="header">The header of a block or of an uncle.</param>
    /// <param name="parent">The block that its parent hash names.</param>
    public BlockVerdict Verify(BlockHeader header, LedgerBlock parent)
    {
        ActiveRules rules = schedule.At(header.Number, header.Timestamp, parent.TotalDifficulty);
        BlockVerdict verdict = VerifyPlace(header, parent.Header);
        verdict = verdict.IsValid ? VerifyExtraData(header) : verdict;
        verdict = verdict.IsValid ? VerifyGas(header, parent.Header, rules.Rules) : verdict;
        verdict = verdict.IsValid ? VerifyFields(header, rules.Rules) : verdict;
        verdict = verdict.IsValid ? consensus.VerifyHeader(header, parent, rules) : verdict;
        verdict = verdict.IsValid ? VerifyBaseFee(header, parent.Header, rules.Rules) : verdict;
        return verdict.IsValid ? VerifyExcessBlobGas(header, parent.Header, rules) : verdict;
    }

    /// <summary>The base fee of a block; <see langword="null"/> where its fork has none (EIP-1559).</summary>
    public static UInt256? BaseFeeAfter(BlockHeader parent, BlockRules rules)
    {
        if (rules.BaseFee is not { } rule)
        {
            return null;
        }

        return parent.BaseFeePerGas is { } parentBaseFee
            ? rule.Next(parentBaseFee, parent.GasUsed, parent.GasLimit)
            : rule.Initial;
    }

    /// <summary>
    /// The excess blob gas of a block; <see langword="null"/> where its fork has no blobs (EIP-4844).
    /// </summary>
    public static ulong? ExcessBlobGasAfter(BlockHeader parent, ActiveRules rules) => rules.Blobs?.NextExcess(
        parent.ExcessBlobGas ?? 0,
        parent.BlobGasUsed ?? 0,
        parent.BaseFeePerGas ?? UInt256.Zero,
        rules.Rules.HasBlobReservePrice);

    /// <summary>
    /// The gas limit to which bounds relate: the parent's, stretched where the base fee begins (EIP-1559).
    /// </summary>
    internal static ulong GasLimitBefore(BlockHeader parent, BlockRules rules) =>
        rules.BaseFee is { } rule && parent.BaseFeePerGas is null
            ? (ulong)UInt128.Min((UInt128)parent.GasLimit * rule.Elasticity, ulong.MaxValue)
            : parent.GasLimit;

    /// <summary>The gas limit of the block after another that is on its way to a target.</summary>
    /// <param name="parent">The block before.</param>
    /// <param name="rules">The rules of the block.</param>
    /// <param name="target">Where the limit is to go; it stays where there is none.</param>
    internal static ulong GasLimitAfter(BlockHeader parent, BlockRules rules, ulong? target)
    {
        ulong former = GasLimitBefore(parent, rules);
        ulong bound = former / GasLimitBoundDivisor;
        if (target is not { } wanted || bound == 0)
        {
            return former;
        }

        ulong step = bound - 1;
        wanted = Math.Max(wanted, GasLimitMin);
        return wanted > former
            ? Math.Min(wanted, former > ulong.MaxValue - step ? ulong.MaxValue : former + step)
            : Math.Max(wanted, former - step);
    }

    private static BlockVerdict VerifyPlace(BlockHeader header, BlockHeader parent)
    {
        if (header.Number == 0 || header.Number - 1 != parent.Number)
        {
            return BlockVerdict.Differs(BlockError.NumberWrong, "number", header.Number, (UInt256)parent.Number + 1);
        }

        return header.Timestamp > parent.Timestamp
            ? BlockVerdict.Valid
            : new BlockVerdict(
                BlockError.TimestampNotAfterParent, $"time {header.Timestamp}, the parent's is {parent.Timestamp}");
    }

    /// <summary>Checks that the header has the fields of its fork and no others.</summary>
    private static BlockVerdict VerifyFields(BlockHeader header, BlockRules rules)
    {
        BlockError error = Presence(
            header.BaseFeePerGas.HasValue, rules.BaseFee is not null,
            BlockError.BaseFeeMissing, BlockError.BaseFeeUnexpected);
        error = error != BlockError.None ? error : Presence(
            header.WithdrawalsRoot.HasValue, rules.HasWithdrawals,
            BlockError.WithdrawalsRootMissing, BlockError.WithdrawalsRootUnexpected);
        error = error != BlockError.None ? error : Presence(
            header.BlobGasUsed.HasValue, rules.Blobs is not null,
            BlockError.BlobFieldsMissing, BlockError.BlobFieldsUnexpected);
        error = error != BlockError.None ? error : Presence(
            header.ExcessBlobGas.HasValue, rules.Blobs is not null,
            BlockError.BlobFieldsMissing, BlockError.BlobFieldsUnexpected);
        error = error != BlockError.None ? error : Presence(
            header.ParentBeaconBlockRoot.HasValue, rules.BeaconRootsContract is not null,
            BlockError.BeaconRootMissing, BlockError.BeaconRootUnexpected);
        error = error != BlockError.None ? error : Presence(
            header.RequestsHash.HasValue, rules.Requests is not null,
            BlockError.RequestsHashMissing, BlockError.RequestsHashUnexpected);
        return error == BlockError.None ? BlockVerdict.Valid : new BlockVerdict(error, $"the fork is {rules.Name}");
    }

    private static BlockError Presence(bool present, bool due, BlockError missing, BlockError unexpected) =>
        present == due ? BlockError.None : due ? missing : unexpected;

    private BlockVerdict VerifyExtraData(BlockHeader header)
    {
        if (header.ExtraData.Length > ExtraDataBytesMax)
        {
            return new BlockVerdict(
                BlockError.ExtraDataTooLong,
                $"extra data of {header.ExtraData.Length} bytes, at most {ExtraDataBytesMax}");
        }

        return DaoFork.RequiresExtraData(schedule.Parameters, header.Number)
            && !header.ExtraData.Span.SequenceEqual(DaoFork.ExtraData)
            ? new BlockVerdict(BlockError.ExtraDataOfDaoForkWrong, "extra data should be 'dao-hard-fork'")
            : BlockVerdict.Valid;
    }

    private static BlockVerdict VerifyGas(BlockHeader header, BlockHeader parent, BlockRules rules)
    {
        if (header.GasLimit > GasLimitMax)
        {
            return new BlockVerdict(BlockError.GasLimitTooLarge, $"gas limit {header.GasLimit}, at most {GasLimitMax}");
        }

        // A header of before the fee market has that fault, whatever its gas limit is.
        if (rules.BaseFee is not null && header.BaseFeePerGas is null)
        {
            return new BlockVerdict(BlockError.BaseFeeMissing, $"the fork is {rules.Name}");
        }

        ulong former = GasLimitBefore(parent, rules);
        ulong distance = header.GasLimit > former ? header.GasLimit - former : former - header.GasLimit;
        if (header.GasLimit < GasLimitMin || distance >= former / GasLimitBoundDivisor)
        {
            return new BlockVerdict(
                BlockError.GasLimitOutOfBounds,
                $"gas limit {header.GasLimit}: at least {GasLimitMin}, and nearer to {former} than its 1,024th part");
        }

        return header.GasUsed <= header.GasLimit
            ? BlockVerdict.Valid
            : new BlockVerdict(
                BlockError.GasUsedAboveLimit, $"gas used {header.GasUsed}, the limit is {header.GasLimit}");
    }

    private static BlockVerdict VerifyBaseFee(BlockHeader header, BlockHeader parent, BlockRules rules)
    {
        UInt256? right = BaseFeeAfter(parent, rules);
        return header.BaseFeePerGas == right
            ? BlockVerdict.Valid
            : BlockVerdict.Differs(BlockError.BaseFeeWrong, "base fee", header.BaseFeePerGas, right);
    }

    private static BlockVerdict VerifyExcessBlobGas(BlockHeader header, BlockHeader parent, ActiveRules rules)
    {
        ulong? right = ExcessBlobGasAfter(parent, rules);
        return header.ExcessBlobGas == right
            ? BlockVerdict.Valid
            : BlockVerdict.Differs(BlockError.ExcessBlobGasWrong, "excess blob gas", header.ExcessBlobGas, right);
    }
}
