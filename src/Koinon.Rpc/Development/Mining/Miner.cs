using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Development.Time;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Mining;

/// <summary>Builds blocks by command, for the methods that do.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="clock">The clock of the chain.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class Miner(Ledger ledger, BlockProducer producer, IDevelopmentClock clock, Manner manner)
{
    /// <summary>Builds what is asked for.</summary>
    /// <returns>Why not all of it was built, or <see langword="null"/>.</returns>
    public ValueTask<RpcError?> MineAsync(MineRequest request, CancellationToken cancellation)
    {
        if (request.Timestamp is { } timestamp)
        {
            // Unlike a time that is named beforehand, one that is named with its block may be the head's in both
            // manners: the block comes a second later.
            if (timestamp != ledger.Head.Header.Timestamp
                && TimestampRule.Check(timestamp, ledger.Head, manner) is { } error)
            {
                return new ValueTask<RpcError?>(error);
            }

            clock.SetNext(timestamp);
        }

        return MineAsync(request.Blocks, null, cancellation);
    }

    /// <summary>Builds blocks.</summary>
    /// <param name="count">How many.</param>
    /// <param name="interval">The seconds between them; as the clock says where it is left out.</param>
    /// <param name="cancellation">Ends it between two blocks.</param>
    /// <returns>Why not all of them were built, or <see langword="null"/>.</returns>
    public async ValueTask<RpcError?> MineAsync(ulong count, ulong? interval, CancellationToken cancellation)
    {
        if (count > producer.BlocksAtOnceMax)
        {
            return RpcError.InvalidParameters(
                $"invalid argument 0: {count} blocks, at most {producer.BlocksAtOnceMax} are built at once");
        }

        // Times rise, so that no distance is one second in Hardhat's manner, and as the clock says in anvil's.
        ulong? distance = interval is not { } seconds ? null
            : seconds > 0 ? seconds
            : manner == Manner.Hardhat ? 1
            : null;
        ulong last = ledger.Head.Header.Timestamp;
        if (distance is { } step && (ulong.MaxValue - last) / step < count)
        {
            return RpcError.InvalidParameters($"invalid argument 1: {count} blocks with {step} seconds between them");
        }

        // Anvil puts the interval before every block, Hardhat between them; what was said of the time holds for both.
        if (distance is { } before && manner == Manner.Anvil)
        {
            clock.Increase(before);
        }

        Production built = await producer.ProduceManyAsync(
            count, distance, spacesFirst: false, cancellation).ConfigureAwait(false);
        if (distance is not null && built.Last is { } newest)
        {
            clock.Set(newest.Header.Timestamp);
        }

        return built.Verdict.IsValid ? null : RpcError.Server($"no block could be built: {built.Verdict.Detail}");
    }
}
