using System.CommandLine;
using Koinon.Cli.Commands;

namespace Koinon.Cli.Tests.Commands;

public sealed class VerbTests
{
    // The parser listens for signals only once the action gave its thread back: a program that is told to end while
    // it starts would not hear it.
    [Fact]
    public async Task Serving_OfARunThatBlocks_GivesTheThreadBackAtOnce()
    {
        using ManualResetEventSlim blocked = new();
        Func<ParseResult, CancellationToken, Task<int>> action = Verb.Serving((_, cancellation) =>
        {
            blocked.Wait(cancellation);
            return Task.FromResult(7);
        });

        Task<int> running = action(new RootCommand().Parse(""), TestContext.Current.CancellationToken);

        Assert.False(running.IsCompleted);
        blocked.Set();
        Assert.Equal(7, await running);
    }
}
