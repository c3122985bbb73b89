using Koinon.Evm.Forks;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;

namespace Koinon.Rpc.Tracing;

/// <summary>A frame in the flat list of a transaction's frames (OpenEthereum's form).</summary>
/// <param name="Trace">The frame.</param>
/// <param name="Address">The way to it from the first: the number of each call on the way among its siblings.</param>
/// <param name="Subtraces">How many frames it made that are listed.</param>
internal readonly record struct FlatTrace(CallTrace Trace, int[] Address, int Subtraces)
{
    /// <summary>Lists frames, each before those that it made.</summary>
    /// <param name="root">The first.</param>
    /// <param name="fork">Knows the precompiles.</param>
    /// <param name="includePrecompiles">Whether calls of precompiles are listed.</param>
    public static IEnumerable<FlatTrace> ListOf(CallTrace root, Fork fork, bool includePrecompiles = false)
    {
        // The way down and what is still to be listed at each of its levels.
        List<int> way = [];
        Stack<List<CallTrace>> levels = [];
        CallTrace? next = root;
        while (next is not null)
        {
            List<CallTrace> calls = includePrecompiles
                ? next.Calls
                : next.Calls.FindAll(call => !IsPrecompile(call, fork));
            yield return new FlatTrace(next, [.. way], calls.Count);
            levels.Push(calls);
            way.Add(-1);
            next = null;
            while (next is null && levels.TryPeek(out List<CallTrace>? level))
            {
                if (++way[^1] < level.Count)
                {
                    next = level[way[^1]];
                }
                else
                {
                    levels.Pop();
                    way.RemoveAt(way.Count - 1);
                }
            }
        }
    }

    private static bool IsPrecompile(CallTrace call, Fork fork) =>
        call is { IsSelfDestruct: false, Kind: FrameKind.Call or FrameKind.StaticCall }
        && fork.Precompiles.TryGet(call.To, out _);
}
