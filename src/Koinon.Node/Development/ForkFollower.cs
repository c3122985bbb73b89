using Koinon.Node.Forking;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Development;

/// <summary>Has a forked chain fork off anew at the remote's newest block, as long as it has nothing of its own.
/// </summary>
/// <param name="present">The chain of the moment.</param>
/// <param name="move">Puts one that forks off at the newest block in its place, unless it has something by then.
/// </param>
/// <param name="time">Measures the waits.</param>
/// <param name="log">Is told when it stops and goes on.</param>
internal sealed partial class ForkFollower(
    Func<DevelopmentChain> present,
    Func<ForkOptions, CancellationToken, ValueTask<RpcError?>> move,
    TimeProvider time,
    ILogger log)
{
    private bool _isHeld;

    /// <summary>Follows until it is ended.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                await FollowAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        DevelopmentChain chain = present();

        // A reset may have made it a chain of its own, or a fork of a block that was named.
        if (chain.Fork is not { Options: { Following: not null, BlockNumber: null, Transaction: null } options } fork)
        {
            return;
        }

        if (!chain.IsUntouched)
        {
            Hold(fork.Header.Number);
            return;
        }

        RpcResult<ReadOnlyMemory<byte>> answer = await fork.Answers.AskAsync(
            "eth_blockNumber", "[]"u8.ToArray(), isPinned: false, cancellation).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            LogUnanswered(log, error.Message);
            return;
        }

        if (!RemoteJson.TryWord(answer.Value, out UInt256 head) || head <= fork.Header.Number)
        {
            return;
        }

        RpcError? reason = await move(options, cancellation).ConfigureAwait(false);
        if (reason is not null)
        {
            LogUnanswered(log, reason.Message);
        }
        else if (_isHeld && present().IsUntouched)
        {
            _isHeld = false;
            LogFollowing(log, present().Fork?.Header.Number ?? 0);
        }
    }

    private void Hold(ulong number)
    {
        if (!_isHeld)
        {
            _isHeld = true;
            LogHeld(log, number);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The remote's head is not followed any more: the chain has blocks, edits, transactions or snapshots of its own "
        + "on block {Number}. A reset (anvil_reset with forking) gives them up and follows again.")]
    private static partial void LogHeld(ILogger logger, ulong number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The remote's head is followed again, at block {Number}.")]
    private static partial void LogFollowing(ILogger logger, ulong number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The remote's head cannot be followed for now: {Reason}")]
    private static partial void LogUnanswered(ILogger logger, string reason);
}
