using Koinon.Primitives;

namespace Koinon.Fixtures.Tests;

public sealed class FixtureRunTests
{
    private const string HexPrefix = """
        { "right": { "seq": [1, 2, 3, 4, 5], "term": false, "out": "112345" },
          "wrong": { "seq": [1, 2, 3, 4, 5], "term": true, "out": "112345" } }
        """;

    [Fact]
    public async Task RunAsync_StateTestThatIsRight_Passes()
    {
        using FixtureFolder folder = new();
        folder.Write("test.json", new StateTestText().ToString());

        (RunSummary summary, Recorder heard) = await folder.RunAsync();

        Assert.Null(heard.Failure);
        Assert.Equal((1, 0, 0), (summary.Passed, summary.Failed, summary.ExitCode));
        Assert.Equal(21_000UL, Assert.Single(heard.Cases).Gas);
    }

    [Fact]
    public async Task RunAsync_WrongStateRoot_FailsAndPrintsTheDifference()
    {
        using FixtureFolder folder = new();
        folder.Write("test.json", new StateTestText { Root = Hash256.Zero }.ToString());

        (RunSummary summary, Recorder heard) = await folder.RunAsync();

        Assert.Equal((0, 1, 1), (summary.Passed, summary.Failed, summary.ExitCode));
        string failure = heard.Failure!;
        Assert.Contains($"expected {Hash256.Zero}", failure, StringComparison.Ordinal);
        Assert.Contains("balance: expected 8, actual 7", failure, StringComparison.Ordinal);
        Assert.Contains("slot 0x", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("nonce", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_RefusalForTheRightReason_Passes()
    {
        using FixtureFolder folder = new();
        folder.Write("test.json", new StateTestText
        {
            AccountNonce = 1,
            ExpectedException = "TransactionException.NONCE_IS_MAX|TransactionException.NONCE_MISMATCH_TOO_LOW",
        }.ToString());

        (RunSummary summary, Recorder _) = await folder.RunAsync();

        Assert.Equal((1, 0), (summary.Passed, summary.Failed));
    }

    [Theory]
    [InlineData(1, "TransactionException.NONCE_MISMATCH_TOO_HIGH", "NonceTooLow")]
    [InlineData(0, "TransactionException.NONCE_MISMATCH_TOO_LOW", "accepted")]
    [InlineData(1, "TransactionException.NONCE_TOO_ODD", "is in no table")]
    public async Task RunAsync_RefusalForAnotherReason_Fails(ulong accountNonce, string expected, string said)
    {
        using FixtureFolder folder = new();
        folder.Write(
            "test.json", new StateTestText { AccountNonce = accountNonce, ExpectedException = expected }.ToString());

        (RunSummary summary, Recorder heard) = await folder.RunAsync();

        Assert.Equal(1, summary.ExitCode);
        Assert.Contains(said, heard.Failure, StringComparison.Ordinal);
        Assert.Contains(expected, heard.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_RefusalThatIsNotExpected_Fails()
    {
        using FixtureFolder folder = new();
        folder.Write("test.json", new StateTestText { AccountNonce = 3 }.ToString());

        (RunSummary _, Recorder heard) = await folder.RunAsync();

        Assert.Contains("NonceTooLow", heard.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FailingCaseWithTrace_WritesItsLines()
    {
        using FixtureFolder folder = new();
        using MemoryStream lines = new();
        folder.Write("test.json", new StateTestText { Root = Hash256.Zero }.ToString());

        await folder.RunAsync(new FixtureOptions { Trace = new TraceOutput(lines) });

        string text = System.Text.Encoding.UTF8.GetString(lines.ToArray());
        Assert.Contains("\"stateRoot\":\"0x", text, StringComparison.Ordinal);
        Assert.Contains("\"gasUsed\":\"0x5208\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SchemataTextsAndSettings_AreNotTests()
    {
        using FixtureFolder folder = new();
        folder.Write("schema.json", """{ "definitions": {}, "patternProperties": {} }""");
        folder.Write("README.md", "no test");
        folder.Write(".meta/index.json", """{ "root_hash": "0x00", "test_cases": [] }""");
        folder.Write("empty.json", "{}");
        folder.Write("cases.json", HexPrefix);

        (RunSummary summary, Recorder heard) = await folder.RunAsync();

        Assert.Equal((4, 0, 1), (summary.NotTests, summary.Unreadable, summary.Files));
        Assert.Equal(4, heard.NotTests.Count);
    }

    [Fact]
    public async Task RunAsync_WhatCannotBeRead_IsNamedAndEndsInTwo()
    {
        using FixtureFolder folder = new();
        folder.Write("broken.json", "{ \"a\": ");
        folder.Write("stranger.json", """{ "a": { "b": 1 } }""");
        folder.Write(
            "fieldless.json",
            """{ "a": { "env": {}, "pre": {}, "transaction": {}, "post": { "Byzantium": [{}] } } }""");
        folder.Write("lost.tar.gz", "no archive");

        (RunSummary summary, Recorder heard) = await folder.RunAsync();

        Assert.Equal((4, 2), (summary.Unreadable, summary.ExitCode));
        Assert.Contains(heard.Refused, line => line.Contains("'indexes' is missing", StringComparison.Ordinal));
        Assert.Contains(heard.Refused, line => line.Contains("lost.tar.gz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_PathThatIsNotThere_EndsInTwo()
    {
        Recorder recorder = new();

        RunSummary summary = await new FixtureRun(new FixtureOptions(), recorder).RunAsync(
            ["/nowhere/at/all"], TestContext.Current.CancellationToken);

        Assert.Equal(2, summary.ExitCode);
        Assert.Contains("/nowhere/at/all", Assert.Single(recorder.Refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Filter_RunsWhatHoldsTheText()
    {
        using FixtureFolder folder = new();
        folder.Write("cases.json", HexPrefix);

        (RunSummary summary, Recorder _) = await folder.RunAsync(new FixtureOptions { Filter = "RIGHT" });

        Assert.Equal((1, 0), (summary.Passed, summary.Failed));
    }

    [Theory]
    [InlineData("byzantium", 1)]
    [InlineData("Homestead", 0)]
    public async Task RunAsync_Fork_RunsCasesOfThatForkAlone(string fork, int passed)
    {
        using FixtureFolder folder = new();
        folder.Write("test.json", new StateTestText().ToString());

        (RunSummary summary, Recorder _) = await folder.RunAsync(new FixtureOptions { Fork = fork });

        Assert.Equal(passed, summary.Passed);
    }

    [Fact]
    public async Task RunAsync_ManyFilesAtOnce_CountsEachOnce()
    {
        using FixtureFolder folder = new();
        for (int i = 0; i < 50; i++)
        {
            folder.Write($"{i}.json", HexPrefix);
        }

        (RunSummary summary, Recorder _) = await folder.RunAsync(new FixtureOptions { Jobs = 4 });

        Assert.Equal((50, 50, 50), (summary.Passed, summary.Failed, summary.Files));
    }
}
