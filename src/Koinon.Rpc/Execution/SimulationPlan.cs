using Koinon.Primitives.Blocks;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Execution;

/// <summary>The blocks of a simulation with their numbers and times, gaps between them filled.</summary>
internal static class SimulationPlan
{
    /// <summary>Seconds from a block to the next where the caller names no time (geth's).</summary>
    private const ulong SecondsPerBlock = 12;

    /// <summary>Most calls of a block.</summary>
    private const int CallsOfBlockMax = 5_000;

    /// <summary>Most calls of all blocks together.</summary>
    private const int CallsMax = 10_000;

    /// <summary>Orders the blocks that are asked for.</summary>
    /// <param name="blocks">What is asked for.</param>
    /// <param name="parent">The block they stand on.</param>
    /// <param name="blocksMax">Most blocks, filled gaps included.</param>
    /// <returns>The blocks, each with a number and a time.</returns>
    public static RpcResult<IReadOnlyList<SimulationBlock>> Of(
        IReadOnlyList<SimulationBlock> blocks, BlockHeader parent, int blocksMax)
    {
        if (blocks.Count > blocksMax)
        {
            return TooMany($"too many blocks: {blocks.Count}, at most {blocksMax} are simulated at once");
        }

        List<SimulationBlock> plan = new(blocks.Count);
        ulong number = parent.Number;
        ulong time = parent.Timestamp;
        int calls = 0;
        foreach (SimulationBlock block in blocks)
        {
            calls += block.Calls.Count;
            if (block.Calls.Count > CallsOfBlockMax || calls > CallsMax)
            {
                return TooMany($"too many calls: at most {CallsOfBlockMax} a block and {CallsMax} in all are made");
            }

            ulong next = block.Block.Number ?? number + 1;
            if (next <= number)
            {
                return new RpcError(
                    SimulationErrors.BlockNumberOrder, $"block numbers must be in order: {next} <= {number}");
            }

            if (next - parent.Number > (ulong)blocksMax)
            {
                return TooMany($"too many blocks: up to number {next}, at most {blocksMax} after {parent.Number}");
            }

            for (number++; number < next; number++)
            {
                if (time > ulong.MaxValue - SecondsPerBlock)
                {
                    return new RpcError(
                        SimulationErrors.TimestampOrder, $"block timestamps must be in order: block {number} has none");
                }

                time += SecondsPerBlock;
                plan.Add(new SimulationBlock(new BlockOverride { Number = number, Time = time }, [], []));
            }

            ulong due = time > ulong.MaxValue - SecondsPerBlock ? ulong.MaxValue : time + SecondsPerBlock;
            ulong wanted = block.Block.Time ?? due;
            if (wanted <= time)
            {
                return new RpcError(
                    SimulationErrors.TimestampOrder, $"block timestamps must be in order: {wanted} <= {time}");
            }

            time = wanted;
            plan.Add(block with { Block = block.Block with { Number = number, Time = time } });
        }

        return plan;
    }

    private static RpcError TooMany(string message) => new(SimulationErrors.LimitExceeded, message);
}
