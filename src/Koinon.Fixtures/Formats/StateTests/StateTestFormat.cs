using System.Text.Json;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Evm.Forks;
using Koinon.Evm.Tracing;
using Koinon.Fixtures.Exceptions;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.State;

namespace Koinon.Fixtures.Formats.StateTests;

/// <summary>
/// State tests: one transaction on a pre-state, for some forks and choices of data, gas limit and value.
/// </summary>
/// <remarks>The pre-state of a test is decoded once, at its first wanted case, and shared by all of them.</remarks>
internal sealed class StateTestFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "env", "pre", "transaction", "post");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            if (!FormatList.IsComment(test.Name)) RunTest(context, test);
        }
    }

    private static void RunTest(FixtureContext context, JsonProperty test)
    {
        WorldState? pre = null;
        foreach (JsonProperty fork in test.Value.Field("post").EnumerateObject())
        {
            if (!context.WantsFork(fork.Name)) continue;
            ActiveRules? rules = null;
            BlockEnvironment? block = null;
            foreach (JsonElement post in fork.Value.EnumerateArray())
            {
                string name = NameOf(test.Name, post.Field("indexes"), fork.Value.GetArrayLength());
                if (!context.Wants(name, fork.Name)) continue;
                pre ??= WorldState.Empty.Apply(AccountsReader.Read(test.Value.Field("pre")));
                if (rules is null || block is null)
                {
                    rules = StateTestEnvironment.RulesOf(fork.Name, test.Value);
                    block = StateTestEnvironment.Read(test.Value, rules);
                }

                WorldState state = pre;
                ActiveRules active = rules;
                BlockEnvironment environment = block;
                context.Run(name, fork.Name, trace =>
                    RunCase(context.Worker.Executor, state, active, environment, test.Value, post, trace));
            }
        }
    }

    // EEST's ids name their case; of the older tests' cases the indexes tell which one it is.
    private static string NameOf(string test, JsonElement indexes, int cases) => cases == 1
        && test.Contains("::", StringComparison.Ordinal)
        ? test
        : $"{test}/d{indexes.Number("data")}g{indexes.Number("gas")}v{indexes.Number("value")}";

    private static CaseVerdict RunCase(
        TransactionExecutor executor,
        WorldState pre,
        ActiveRules rules,
        BlockEnvironment block,
        JsonElement test,
        JsonElement post,
        TraceOutput? trace)
    {
        StateTestTransaction transaction = StateTestTransaction.Read(test.Field("transaction"), post, rules);
        string? expected = post.TryField("expectException", out JsonElement name) ? name.Text() : null;
        if (transaction.Disagreement is { } disagreement) return CaseVerdict.Fail(disagreement);

        // Bytes that are no transaction are refused before anything else; where the values can be executed all the
        // same, the executor has to refuse them for the same reason.
        if (transaction.Refusal.IsRefused && (transaction.Values is null || expected is null))
        {
            return JudgeRefusal(expected, transaction.Refusal, pre, rules, block, post);
        }

        ExecutionLimits limits = new(block.GasLimit, rules.Blobs?.MaximumGas ?? 0);
        TransactionOutcome outcome = Execute(executor, rules, block, pre, transaction, limits, trace);
        if (outcome.Error != TransactionError.None)
        {
            TransactionError error = NamedError(outcome.Error, transaction.Values!, rules);
            return JudgeRefusal(expected, Refusal.Of(error, outcome.Detail), pre, rules, block, post);
        }

        WorldState after = pre.Apply(outcome.Changes);
        trace?.WriteLine(
            $$"""{"stateRoot":"{{after.Root}}","output":"{{Hex.Encode(outcome.ReturnData.Span)}}","""
            + $"\"gasUsed\":\"0x{outcome.GasUsed:x}\",\"pass\":{(outcome.Succeeded ? "true" : "false")}}}");
        return expected is not null
            ? CaseVerdict.Fail(ExceptionNames.Compare(expected, default)!, outcome.GasUsed)
            : JudgeState(after, outcome, post);
    }

    private static TransactionOutcome Execute(
        TransactionExecutor executor,
        ActiveRules rules,
        BlockEnvironment block,
        WorldState pre,
        StateTestTransaction transaction,
        in ExecutionLimits limits,
        TraceOutput? trace)
    {
        if (trace is null)
        {
            return executor.Execute(rules.Fork, block, pre, transaction.Values!, transaction.Sender, limits);
        }

        Eip3155Tracer tracer = new(trace);
        return executor.Execute(rules.Fork, block, pre, transaction.Values!, transaction.Sender, limits, ref tracer);
    }

    // Before a transaction had a bound of its own (EIP-7594), more blobs than a block may hold were too many for it.
    private static TransactionError NamedError(TransactionError error, Transaction transaction, ActiveRules rules)
    {
        bool hasBound = rules.Fork.TransactionBlobsMax != int.MaxValue;
        bool isOverBlock = rules.Blobs is { } blobs && (ulong)transaction.BlobVersionedHashes.Count > blobs.Maximum;
        return error == TransactionError.BlobGasAllowanceExceeded && isOverBlock && !hasBound
            ? TransactionError.BlobCountExceeded
            : error;
    }

    private static CaseVerdict JudgeRefusal(
        string? expected, in Refusal refusal, WorldState pre, ActiveRules rules, BlockEnvironment block,
        JsonElement post)
    {
        if (expected is null) return CaseVerdict.Differs("validity", "accepted", refusal);
        if (ExceptionNames.Compare(expected, refusal) is { } wrong) return CaseVerdict.Fail(wrong);
        CaseVerdict root = JudgeRoot(pre, post, 0);
        bool keepsEmpty = rules.Fork.EmptyAccounts == EmptyAccountRule.Kept;
        return root.Failure is null || !keepsEmpty ? root : JudgeRoot(WithAuthor(pre, block.Beneficiary), post, 0);
    }

    // The older generator closed a block without the transaction and paid its author nothing: where empty accounts
    // stay, that made one.
    private static WorldState WithAuthor(WorldState pre, in Address author)
    {
        if (pre.ReadAccount(in author, out _) == ReadStatus.Found) return pre;
        StateChanges changes = new();
        changes.Of(author).Account = Account.Empty;
        return pre.Apply(changes);
    }

    private static CaseVerdict JudgeState(WorldState after, TransactionOutcome outcome, JsonElement post)
    {
        CaseVerdict root = JudgeRoot(after, post, outcome.GasUsed);
        if (root.Failure is not null) return root with { Failure = $"{root.Failure}\n{Describe(outcome)}" };
        Hash256 logs = Log.HashOf(outcome.Logs);
        Hash256 expected = post.Hash("logs");
        return logs == expected
            ? CaseVerdict.Pass(outcome.GasUsed)
            : CaseVerdict.Differs("hash of the logs", expected, $"{logs} ({outcome.Logs.Count} logs)", outcome.GasUsed);
    }

    private static CaseVerdict JudgeRoot(WorldState after, JsonElement post, ulong gas)
    {
        Hash256 expected = post.Hash("hash");
        if (after.Root == expected) return CaseVerdict.Pass(gas);
        CaseVerdict verdict = CaseVerdict.Differs("state root", expected, after.Root, gas);
        return post.TryField("state", out JsonElement accounts)
            && StateDifference.Find(accounts, after) is { } difference
            ? verdict with { Failure = $"{verdict.Failure}\n{difference}" }
            : verdict;
    }

    private static string Describe(TransactionOutcome outcome) =>
        $"gas used {outcome.GasUsed}, refunded {outcome.GasRefunded}, halt {outcome.Halt}, logs {outcome.Logs.Count}";
}
