using System.Net;
using Microsoft.Extensions.Logging;

namespace Koinon.Cli;

/// <summary>Notes whether traces reach their collector: once when they do not, and once when they do again.</summary>
/// <param name="logger">Is told.</param>
internal sealed partial class TraceDelivery(ILogger logger) : DelegatingHandler(new SocketsHttpHandler())
{
    private int _isFailing;

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Note(request, base.Send(request, cancellationToken));
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            Fail(request, ReasonOf(failure));
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Note(request, await base.SendAsync(request, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            Fail(request, ReasonOf(failure));
            throw;
        }
    }

    private static string ReasonOf(Exception failure) =>
        failure is OperationCanceledException ? "no answer in time" : failure.Message;

    private HttpResponseMessage Note(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            Fail(request, $"HTTP {(int)response.StatusCode}");
        }
        else if (Interlocked.Exchange(ref _isFailing, 0) != 0)
        {
            LogAgain(logger, request.RequestUri);
        }

        return response;
    }

    private void Fail(HttpRequestMessage request, string reason)
    {
        if (Interlocked.Exchange(ref _isFailing, 1) == 0)
        {
            LogLost(logger, request.RequestUri, reason);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Traces do not reach the collector at {Url} and are lost until they do: {Reason} "
            + "(--otlp-endpoint, --otlp-protocol)")]
    private static partial void LogLost(ILogger logger, Uri? url, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces reach the collector at {Url} again")]
    private static partial void LogAgain(ILogger logger, Uri? url);
}
