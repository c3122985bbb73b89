using System.Diagnostics.Metrics;
using System.Net;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Forking;

/// <summary>Asks a remote node, whatever it takes: batches, deadlines, repetitions, a budget, many addresses.</summary>
/// <remarks>
/// Safe from any thread. It answers every call: with the remote's result, with its error, or with one that says why it
/// cannot be reached. It throws only where the caller gave up.
/// </remarks>
public sealed class RemoteChain : IDisposable
{
    private const int BackoffDoublingsMax = 6;

    private readonly RemoteOptions _options;
    private readonly TimeProvider _time;
    private readonly RateBudget _budget;
    private readonly SemaphoreSlim _exchanges;
    private readonly Meter _meter = new("Koinon.Fork");
    private readonly Counter<long> _calls;
    private readonly Counter<long> _repetitions;
    private readonly Counter<long> _refusals;
    private readonly HttpClient _client;
    private RemoteEndpoint[] _endpoints;
    private int _turn;

    /// <summary>A client that has asked nothing yet.</summary>
    /// <param name="options">Where the remote is, and how it is asked.</param>
    /// <param name="time">Measures deadlines, waits and the budget.</param>
    public RemoteChain(RemoteOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _budget = new RateBudget(options.UnitsPerSecond, time);
        _exchanges = new SemaphoreSlim(options.ExchangesMax);
        _calls = _meter.CreateCounter<long>("koinon.fork.calls", description: "Calls of the remote node.");
        _repetitions = _meter.CreateCounter<long>(
            "koinon.fork.repetitions", description: "Calls that were made again.");
        _refusals = _meter.CreateCounter<long>(
            "koinon.fork.rate_limited", description: "Calls that the remote refused as too many.");
        _client = ClientOf(options);
        _endpoints = EndpointsOf(options.Endpoints);
    }

    /// <summary>Counts what is asked.</summary>
    public Meter Meter => _meter;

    /// <summary>How it is asked.</summary>
    public RemoteOptions Options => _options;

    /// <summary>What the remote is called in messages.</summary>
    public string Name => Volatile.Read(ref _endpoints)[0].Name;

    /// <summary>The first of the addresses that are asked, as it was given.</summary>
    public Uri Endpoint => Volatile.Read(ref _endpoints)[0].Given;

    /// <summary>Asks other addresses from now on; what is on its way is not disturbed.</summary>
    public void Redirect(IReadOnlyList<Uri> endpoints) => Volatile.Write(ref _endpoints, EndpointsOf(endpoints));

    /// <summary>Asks one question.</summary>
    public async ValueTask<RpcResult<ReadOnlyMemory<byte>>> AskAsync(RemoteCall call, CancellationToken cancellation) =>
        (await AskAsync([call], cancellation).ConfigureAwait(false))[0];

    /// <summary>Asks questions, in as few exchanges as the remote allows.</summary>
    /// <param name="calls">The questions.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The answers in the order of the questions.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<RpcResult<ReadOnlyMemory<byte>>[]> AskAsync(
        IReadOnlyList<RemoteCall> calls, CancellationToken cancellation)
    {
        RpcResult<ReadOnlyMemory<byte>>[] answers = new RpcResult<ReadOnlyMemory<byte>>[calls.Count];
        List<int> open = [.. Enumerable.Range(0, calls.Count)];
        int failures = 0;
        while (open.Count > 0)
        {
            RemoteEndpoint endpoint = NextEndpoint(out int endpoints);
            RemoteFault? fault = await AskAsync(endpoint, calls, open, answers, cancellation).ConfigureAwait(false);
            if (fault is null or { IsBatchSize: true })
            {
                // A batch that was too large is not held against the remote; it ends at one call.
                continue;
            }

            failures++;
            if (failures > _options.Retries * endpoints)
            {
                Fail(answers, open, fault, failures);
                break;
            }

            _repetitions.Add(open.Count);

            // Another address is asked at once; where all were asked, there is a wait.
            if (failures % endpoints == 0)
            {
                await Task.Delay(WaitFor(fault, failures / endpoints), _time, cancellation).ConfigureAwait(false);
            }
        }

        return answers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _meter.Dispose();
        _exchanges.Dispose();
    }

    private static HttpClient ClientOf(RemoteOptions options)
    {
        HttpClient client = new(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        foreach ((string name, string value) in options.Headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return client;
    }

    private RemoteEndpoint[] EndpointsOf(IReadOnlyList<Uri> addresses) =>
        [.. addresses.Select(address => new RemoteEndpoint(address, _client, _options.BatchMax, _time))];

    private RemoteEndpoint NextEndpoint(out int count)
    {
        RemoteEndpoint[] endpoints = Volatile.Read(ref _endpoints);
        count = endpoints.Length;
        uint turn = unchecked((uint)Interlocked.Increment(ref _turn));
        return endpoints[(int)(turn % (uint)count)];
    }

    /// <summary>Asks what is still open of one endpoint.</summary>
    /// <returns>The fault of what is open afterwards; <see langword="null"/> where nothing is.</returns>
    private async Task<RemoteFault?> AskAsync(
        RemoteEndpoint endpoint,
        IReadOnlyList<RemoteCall> calls,
        List<int> open,
        RpcResult<ReadOnlyMemory<byte>>[] answers,
        CancellationToken cancellation)
    {
        int size = endpoint.BatchMax;
        List<int[]> batches = [.. open.Chunk(size)];
        RemoteAttempt[][] attempts = await Task.WhenAll(batches.Select(
            batch => SendAsync(endpoint, [.. batch.Select(index => calls[index])], cancellation)))
            .ConfigureAwait(false);
        RemoteFault? fault = null;
        open.Clear();
        for (int i = 0; i < batches.Count; i++)
        {
            for (int j = 0; j < batches[i].Length; j++)
            {
                RemoteAttempt attempt = attempts[i][j];
                if (attempt.Fault is null)
                {
                    answers[batches[i][j]] = attempt.Reply;
                    continue;
                }

                open.Add(batches[i][j]);
                fault = Worse(fault, attempt.Fault);
                _refusals.Add(attempt.Fault.IsRateLimit ? 1 : 0);
            }
        }

        return fault;
    }

    private async Task<RemoteAttempt[]> SendAsync(
        RemoteEndpoint endpoint, IReadOnlyList<RemoteCall> batch, CancellationToken cancellation)
    {
        await _budget.TakeAsync(RemoteCosts.Of(batch), cancellation).ConfigureAwait(false);
        await _exchanges.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _calls.Add(batch.Count);
            return await endpoint.SendAsync(batch, _options.Timeout, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _exchanges.Release();
        }
    }

    private static RemoteFault Worse(RemoteFault? one, RemoteFault other) =>
        one is null || one.IsBatchSize || (other.Wait ?? TimeSpan.Zero) > (one.Wait ?? TimeSpan.Zero)
            ? other
            : one;

    private TimeSpan WaitFor(RemoteFault fault, int round) =>
        fault.Wait ?? _options.Backoff * (1 << Math.Min(round - 1, BackoffDoublingsMax));

    private static void Fail(
        RpcResult<ReadOnlyMemory<byte>>[] answers, List<int> open, RemoteFault fault, int attempts)
    {
        string tries = attempts == 1 ? "" : $" ({attempts} attempts)";
        RpcError error = RpcError.Server($"fork: the remote node cannot be asked: {fault.Reason}{tries}");
        foreach (int index in open)
        {
            answers[index] = error;
        }
    }
}
