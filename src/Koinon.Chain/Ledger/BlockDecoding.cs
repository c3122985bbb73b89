using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;

namespace Koinon.Chain.Ledger;

/// <summary>What the errors of decoding mean for a block.</summary>
internal static class BlockDecoding
{
    internal static BlockVerdict VerdictOf(in BlockDecodeError error) => error.Reason switch
    {
        BlockDecodeReason.HeaderInvalid => Header(error.Header, "header"),
        BlockDecodeReason.UncleInvalid => Header(error.Header, $"uncle {error.Index}"),
        BlockDecodeReason.TransactionInvalid => new BlockVerdict(
            BlockError.RlpTransaction, $"transaction {error.Index}: {error.Transaction}"),
        BlockDecodeReason.WithdrawalInvalid => new BlockVerdict(
            Field(error.Withdrawal.Reason, error.Withdrawal.Field == WithdrawalField.Address),
            $"withdrawal {error.Index}: {error.Withdrawal.Reason} ({error.Withdrawal.Field})"),
        BlockDecodeReason.WithdrawalsNotAList => new BlockVerdict(BlockError.RlpWithdrawals, "withdrawals are no list"),
        _ => new BlockVerdict(
            BlockError.RlpStructure,
            error.Rlp == RlpError.None ? error.Reason.ToString() : $"{error.Reason}: {error.Rlp}"),
    };

    private static BlockVerdict Header(in HeaderDecodeError error, string part) => new(
        Field(error.Reason, error.Field == HeaderField.Beneficiary), $"{part}: {error.Reason} ({error.Field})");

    private static BlockError Field(BodyDecodeReason reason, bool isAddress) => reason switch
    {
        BodyDecodeReason.Overflow => BlockError.RlpFieldOverflow,
        BodyDecodeReason.TooShort or BodyDecodeReason.TooLong when isAddress => BlockError.RlpAddressLength,
        _ => BlockError.RlpStructure,
    };
}
