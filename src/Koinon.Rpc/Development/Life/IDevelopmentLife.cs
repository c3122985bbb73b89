using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Life;

/// <summary>The life of a development chain as a whole: begun anew, gone back, gone another way.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IDevelopmentLife
{
    /// <summary>Names this life of the chain: another one after each reset.</summary>
    Hash256 Instance { get; }

    /// <summary>Begins the chain anew: blocks, states, pool, snapshots, clock, fees and impersonations go.</summary>
    /// <param name="request">What the new one is to be like.</param>
    /// <param name="cancellation">Ends it before anything is changed.</param>
    /// <returns>Why it was not done, or <see langword="null"/>.</returns>
    ValueTask<RpcError?> ResetAsync(ResetRequest request, CancellationToken cancellation);

    /// <summary>Gives up the newest blocks, their transactions included; the clock goes on from the head.</summary>
    /// <param name="depth">How many.</param>
    /// <param name="cancellation">Ends it before anything is changed.</param>
    /// <returns>Why it was not done, or <see langword="null"/>.</returns>
    ValueTask<RpcError?> RollBackAsync(ulong depth, CancellationToken cancellation);

    /// <summary>Puts other blocks in the place of the newest ones.</summary>
    /// <param name="depth">How many blocks.</param>
    /// <param name="transactions">What the new ones hold, by their place among them, from 0.</param>
    /// <param name="cancellation">Ends it before anything is changed.</param>
    /// <returns>Why it was not done, or <see langword="null"/>.</returns>
    ValueTask<RpcError?> ReorganizeAsync(
        ulong depth, ILookup<ulong, Transaction> transactions, CancellationToken cancellation);
}
