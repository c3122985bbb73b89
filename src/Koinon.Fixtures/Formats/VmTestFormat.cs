using System.Text.Json;
using Koinon.Evm;
using Koinon.Evm.Forks;
using Koinon.Evm.Tracing;
using Koinon.Fixtures.Formats.StateTests;
using Koinon.Fixtures.Reading;
using Koinon.Primitives.Blocks;
using Koinon.State;

namespace Koinon.Fixtures.Formats;

/// <summary>The oldest VM tests: one frame of the first fork, without a transaction around it.</summary>
/// <remarks>A test without <c>post</c> must fail. The value is seen by the code and moved by nobody.</remarks>
internal sealed class VmTestFormat : IFixtureFormat
{
    private static readonly Fork Rules = ForkList.All[0];

    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "exec", "pre", "env");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            context.Run(test.Name, Rules.Name, trace => RunCase(context.Worker.Executor, test.Value, trace));
        }
    }

    private static CaseVerdict RunCase(TransactionExecutor executor, JsonElement test, TraceOutput? trace)
    {
        WorldState pre = WorldState.Empty.Apply(AccountsReader.Read(test.Field("pre")));
        CallOutcome outcome = Execute(executor, EnvironmentOf(test.Field("env")), pre, MessageOf(test.Field("exec")),
            trace);
        ulong gasUsed = (ulong)outcome.GasUsed;
        if (!test.TryField("post", out JsonElement post))
        {
            return outcome.Succeeded
                ? CaseVerdict.Differs("outcome", "a failure", "success", gasUsed)
                : CaseVerdict.Pass(gasUsed);
        }

        if (!outcome.Succeeded) return CaseVerdict.Differs("outcome", "success", outcome.Halt, gasUsed);
        if (outcome.GasLeft != (long)test.Number("gas"))
        {
            return CaseVerdict.Differs("gas left", test.Number("gas"), outcome.GasLeft, gasUsed);
        }

        CaseVerdict output = CaseVerdict.CompareBytes("output", test.Bytes("out"), outcome.ReturnData.Span);
        if (output.Failure is not null) return output;
        CaseVerdict logs = CaseVerdict.Compare("hash of the logs", test.Hash("logs"), Log.HashOf(outcome.Logs));
        if (logs.Failure is not null) return logs;

        // None of these tests makes a call or a contract; a runner that stops at them would list what it saw.
        if (test.Field("callcreates").GetArrayLength() != 0)
        {
            return CaseVerdict.Fail("callcreates is not empty: calls of this format are executed here, not listed");
        }

        return StateDifference.Find(post, pre.Apply(outcome.Changes)) is { } difference
            ? CaseVerdict.Fail(difference, gasUsed)
            : CaseVerdict.Pass(gasUsed);
    }

    private static CallOutcome Execute(
        TransactionExecutor executor, BlockEnvironment block, WorldState pre, Message message, TraceOutput? trace)
    {
        if (trace is null) return executor.Call(Rules, block, pre, message);
        Eip3155Tracer tracer = new(trace);
        return executor.Call(Rules, block, pre, message, ref tracer);
    }

    private static BlockEnvironment EnvironmentOf(JsonElement env) => new()
    {
        Number = env.Number("currentNumber"),
        Timestamp = env.Number("currentTimestamp"),
        GasLimit = env.Number("currentGasLimit"),
        Beneficiary = env.Address("currentCoinbase"),
        Difficulty = env.Word("currentDifficulty"),
        BlockHashes = StateTestEnvironment.InventedBlockHashes.Instance,
    };

    private static Message MessageOf(JsonElement exec) => new()
    {
        Caller = exec.Address("caller"),
        Target = exec.Address("address"),
        Input = exec.Bytes("data"),
        Value = exec.Word("value"),
        Gas = checked((long)exec.Number("gas")),
        Origin = exec.Address("origin"),
        GasPrice = exec.Word("gasPrice"),
        MovesValue = false,
    };
}
