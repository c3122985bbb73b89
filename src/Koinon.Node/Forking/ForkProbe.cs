using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Forking;

/// <summary>What a remote node was found to be able to do, asked once at the start.</summary>
/// <param name="Name">How the fork block is named when its state is asked for.</param>
/// <param name="Warnings">What the user should know, each a sentence.</param>
internal sealed record ForkProbe(RemoteBlockName Name, IReadOnlyList<string> Warnings)
{
    /// <summary>How many states a node keeps that is no archive, at least.</summary>
    private const ulong StatesOfFullNode = 128;

    /// <summary>Asks it.</summary>
    /// <exception cref="ForkException">The state of the fork block cannot be had.</exception>
    public static async Task<ForkProbe> RunAsync(
        RemoteChain remote, ForkStart start, TimeProvider time, CancellationToken cancellation)
    {
        ulong number = start.Header.Number;
        ulong timestamp = start.Header.Timestamp;
        RemoteBlockName byHash = new(number, start.Hash, byHash: true, Age);
        RemoteBlockName byNumber = new(number, start.Hash, byHash: false, Age);
        ulong older = number > 2 * StatesOfFullNode ? number - (2 * StatesOfFullNode) : 0;
        string nobody = RemoteCall.Text(Address.Zero);
        RpcResult<ReadOnlyMemory<byte>>[] answers = await remote.AskAsync(
            [
                RemoteCall.Of("eth_getBalance", nobody, byHash.State),
                RemoteCall.Of("eth_getBalance", nobody, byNumber.State),
                RemoteCall.Of("eth_getBalance", nobody, RemoteCall.Quantity(older)),
            ],
            cancellation).ConfigureAwait(false);
        List<string> warnings = [];
        RemoteBlockName name = answers[0].Error is null ? byHash : byNumber;
        if (answers[0].Error is not null && answers[1].Error is { } error)
        {
            if (RemoteFault.IsMissingState(error))
            {
                throw new ForkException(byNumber.Missing(error.Message));
            }

            // With a cache it may do without the remote; what is missing then is said when it is asked for.
            warnings.Add($"The remote node does not answer for the state of block {number}: {error.Message}");
        }
        else if (answers[2].Error is { } missing && RemoteFault.IsMissingState(missing))
        {
            warnings.Add(
                $"The remote is not an archive node: it keeps the states of its newest blocks only, and block {number} "
                + $"is {Age()} old. Reads of what was not fetched before fail once it is given up, after about "
                + $"{StatesOfFullNode} blocks; fork from an archive node to stay longer.");
        }

        return new ForkProbe(name, warnings);

        string Age()
        {
            long seconds = Math.Max(time.GetUtcNow().ToUnixTimeSeconds() - (long)Math.Min(timestamp, long.MaxValue), 0);
            TimeSpan age = TimeSpan.FromSeconds(seconds);
            return age switch
            {
                { TotalDays: >= 2 } => $"{(long)age.TotalDays} days",
                { TotalHours: >= 2 } => $"{(long)age.TotalHours} hours",
                { TotalMinutes: >= 2 } => $"{(long)age.TotalMinutes} minutes",
                _ => $"{seconds} seconds",
            };
        }
    }
}
