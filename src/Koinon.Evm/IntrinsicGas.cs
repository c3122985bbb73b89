using Koinon.Evm.Forks;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm;

/// <summary>What a transaction costs before its first instruction.</summary>
/// <param name="Total">Gas charged at once.</param>
/// <param name="Floor">The least that it will have used in the end (EIP-7623); 0 where there is no floor.</param>
public readonly record struct IntrinsicGas(ulong Total, ulong Floor)
{
    private const ulong TokensPerNonZeroByte = 4;

    /// <summary>Computes it under a fork's prices (yellow paper section 6.2, EIP-2, 2028, 2930, 3860, 7623,
    /// 7702).</summary>
    public static IntrinsicGas Of(Transaction transaction, Fork fork)
    {
        GasSchedule prices = fork.Gas;
        ReadOnlySpan<byte> data = transaction.Data.Span;
        ulong zeros = (ulong)data.Count((byte)0);
        ulong others = (ulong)data.Length - zeros;
        ulong total = (ulong)prices.Transaction + (zeros * (ulong)prices.DataZeroByte) +
            (others * (ulong)prices.DataNonZeroByte);
        if (transaction.IsCreation)
        {
            ulong words = ((ulong)data.Length + 31) / 32;
            total += (ulong)prices.TransactionCreation + (words * (ulong)prices.InitCodeWord);
        }

        foreach (AccessListEntry entry in transaction.AccessList)
        {
            total += (ulong)prices.AccessListAddress + ((ulong)entry.Slots.Count * (ulong)prices.AccessListSlot);
        }

        total += (ulong)transaction.AuthorizationList.Count * (ulong)prices.Authorization;
        ulong floor = prices.DataFloorToken == 0
            ? 0
            : (ulong)prices.Transaction + ((zeros + (TokensPerNonZeroByte * others)) * (ulong)prices.DataFloorToken);
        return new IntrinsicGas(total, floor);
    }
}
