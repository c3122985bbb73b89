using System.Text;
using Koinon.Node.Forking;
using Koinon.Rpc.Dispatch;
using Microsoft.AspNetCore.Http;

namespace Koinon.Node.Tests.Forking;

public sealed class RemoteChainTests
{
    private readonly SkippingTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_OfMany_AnswersEachInItsPlace()
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        remote.Answer = static (_, parameters) => parameters[0].GetRawText();
        using RemoteChain chain = ChainOf(remote);

        RpcResult<ReadOnlyMemory<byte>>[] answers = await chain.AskAsync(
            [.. Enumerable.Range(0, 250).Select(number => RemoteCall.Of("eth_echo", $"{number}"))], Cancellation);

        Assert.Equal(Enumerable.Range(0, 250), answers.Select(answer => int.Parse(Text(answer))));
        Assert.Equal(3, remote.Exchanges);
    }

    [Fact]
    public async Task Ask_OfARemoteWithoutBatches_AsksOneByOneAndRemembersIt()
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        remote.TakesBatches = false;
        remote.Answer = static (_, parameters) => parameters[0].GetRawText();
        using RemoteChain chain = ChainOf(remote, retries: 0);

        for (int round = 0; round < 2; round++)
        {
            RpcResult<ReadOnlyMemory<byte>>[] answers = await chain.AskAsync(
                [.. Enumerable.Range(0, 5).Select(number => RemoteCall.Of("eth_echo", $"{number}"))], Cancellation);
            Assert.Equal(["0", "1", "2", "3", "4"], answers.Select(Text));
        }

        Assert.Equal(1 + 5 + 5, remote.Exchanges);
    }

    // Complaint 20: limits of providers.
    [Fact]
    public async Task Ask_TooOften_WaitsAsLongAsTheRemoteSays()
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        remote.Answer = static (_, _) => "\"0x1\"";
        remote.Before = static (context, exchange) =>
        {
            context.Response.StatusCode = exchange == 1
                ? StatusCodes.Status429TooManyRequests
                : StatusCodes.Status200OK;
            context.Response.Headers.RetryAfter = "7";
            return Task.FromResult(exchange > 1);
        };
        using RemoteChain chain = ChainOf(remote);

        Assert.Equal("\"0x1\"", Text(await chain.AskAsync(RemoteCall.Of("eth_chainId"), Cancellation)));

        Assert.Equal([TimeSpan.FromSeconds(7)], _time.Waits);
    }

    [Theory]
    [InlineData("""!{"code":-32005,"message":"request rate limited","data":{"rate":{"backoff_seconds":3}}}""", 3)]
    [InlineData("""!{"code":429,"message":"Your app has exceeded its compute units per second capacity"}""", 1)]
    [InlineData("""!{"code":-32016,"message":"over rate limit","data":{"try_again_in":"2s"}}""", 2)]
    [InlineData("""!{"code":-32000,"message":"header not found"}""", 1)]
    public async Task Ask_RefusedForNow_IsAskedAgain(string refusal, int seconds)
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        int asked = 0;
        remote.Answer = (_, _) => ++asked == 1 ? refusal : "true";
        using RemoteChain chain = ChainOf(remote);

        Assert.Equal("true", Text(await chain.AskAsync(RemoteCall.Of("eth_syncing"), Cancellation)));

        Assert.Equal([TimeSpan.FromSeconds(seconds)], _time.Waits);
    }

    [Fact]
    public async Task Ask_WhatTheRemoteRefuses_IsAnsweredByItsErrorAtOnce()
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        remote.Answer = static (_, _) => """!{"code":3,"message":"execution reverted: no","data":"0x08c379a0"}""";
        using RemoteChain chain = ChainOf(remote);

        RpcError error = (await chain.AskAsync(RemoteCall.Of("eth_call"), Cancellation)).Error!;

        Assert.Equal((3, "execution reverted: no"), (error.Code, error.Message));
        Assert.Equal("\"0x08c379a0\"", Encoding.UTF8.GetString(error.JsonData!.Value.Span));
        Assert.Equal(1, remote.Exchanges);
    }

    // Complaint 19: the remote drops the connection.
    [Fact]
    public async Task Ask_OfOneThatHangsUp_IsAnErrorWithItsCauseAfterTheRepetitions()
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        remote.Before = static (context, _) =>
        {
            context.Abort();
            return Task.FromResult(false);
        };
        using RemoteChain chain = ChainOf(remote, retries: 2);

        RpcError error = (await chain.AskAsync(RemoteCall.Of("eth_chainId"), Cancellation)).Error!;

        Assert.StartsWith("fork: the remote node cannot be asked: http://127.0.0.1", error.Message);
        Assert.EndsWith("(3 attempts)", error.Message);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], _time.Waits);
    }

    // Complaint 19: the remote dies in the middle of what it says.
    [Fact]
    public async Task Ask_OfOneThatDiesInTheMiddleOfItsAnswer_IsMadeAgain()
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        remote.Answer = static (_, _) => "\"0x7\"";
        remote.Before = static async (context, exchange) =>
        {
            if (exchange > 1)
            {
                return true;
            }

            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync("""{"jsonrpc":"2.0","id":1,"result":"0x""");
            await context.Response.Body.FlushAsync();
            context.Abort();
            return false;
        };
        using RemoteChain chain = ChainOf(remote, retries: 2);

        RpcResult<ReadOnlyMemory<byte>> answer = await chain.AskAsync(RemoteCall.Of("eth_chainId"), Cancellation);

        Assert.Null(answer.Error);
        Assert.Equal("\"0x7\"", System.Text.Encoding.UTF8.GetString(answer.Value.Span));
        Assert.Equal(2, remote.Exchanges);
    }

    [Fact]
    public async Task Ask_OfTwoAddresses_TurnsToTheOtherWithoutAWait()
    {
        await using FakeRemote broken = await FakeRemote.StartAsync();
        await using FakeRemote sound = await FakeRemote.StartAsync();
        broken.Before = static (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.FromResult(false);
        };
        sound.Answer = static (_, _) => "\"0x1\"";
        using RemoteChain chain = new(
            new RemoteOptions
            {
                Endpoints = [broken.Address, sound.Address],
                UnitsPerSecond = null,
                Timeout = TimeSpan.FromHours(1),
            },
            _time);

        for (int i = 0; i < 4; i++)
        {
            Assert.Equal("\"0x1\"", Text(await chain.AskAsync(RemoteCall.Of("eth_chainId"), Cancellation)));
        }

        Assert.Empty(_time.Waits);
        Assert.Equal(4, sound.Exchanges);
    }

    // Complaint 20: a budget that can be tuned.
    [Fact]
    public async Task Ask_MoreThanTheBudget_IsPaced()
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        using RemoteChain chain = new(
            new RemoteOptions
            {
                Endpoints = [remote.Address],
                UnitsPerSecond = 34,
                BatchMax = 2,
                Timeout = TimeSpan.FromHours(1),
            },
            _time);

        // 17 units each: two fit a second, and the bucket is full at first.
        await chain.AskAsync(
            [.. Enumerable.Range(0, 6).Select(_ => RemoteCall.Of("eth_getBalance"))], Cancellation);

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], _time.Waits.Order());
    }

    [Fact]
    public async Task Ask_ThatIsGivenUp_EndsTheExchange()
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        TaskCompletionSource reached = new();
        TaskCompletionSource gone = new();
        remote.Wait = async (_, aborted) =>
        {
            await using CancellationTokenRegistration registration = aborted.Register(gone.SetResult);
            reached.SetResult();
            await gone.Task;
        };
        using RemoteChain chain = ChainOf(remote);
        using CancellationTokenSource source = new();

        Task asked = chain.AskAsync(RemoteCall.Of("eth_chainId"), source.Token).AsTask();
        await reached.Task.WaitAsync(Cancellation);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await gone.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Ask_OfOneThatDoesNotAnswer_EndsWithTheDeadline()
    {
        await using FakeRemote remote = await FakeRemote.StartAsync();
        remote.Wait = static (_, aborted) => Task.Delay(Timeout.Infinite, aborted).ContinueWith(
            static _ => { }, TaskScheduler.Default);
        using RemoteChain chain = new(
            new RemoteOptions
            {
                Endpoints = [remote.Address],
                Timeout = TimeSpan.FromMilliseconds(100),
                Retries = 0,
            },
            TimeProvider.System);

        RpcError error = (await chain.AskAsync(RemoteCall.Of("eth_chainId"), Cancellation)).Error!;

        Assert.EndsWith("did not answer within 0.1 s", error.Message);
    }

    private static string Text(RpcResult<ReadOnlyMemory<byte>> answer) =>
        answer.Error?.Message ?? Encoding.UTF8.GetString(answer.Value.Span);

    private RemoteChain ChainOf(FakeRemote remote, int retries = 5) => new(
        new RemoteOptions
        {
            Endpoints = [remote.Address],
            Retries = retries,
            UnitsPerSecond = null,
            Timeout = TimeSpan.FromHours(1),
        },
        _time);
}
