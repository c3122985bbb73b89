using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Tests.Hosting;

/// <summary>Keeps what is logged as an error or worse.</summary>
internal sealed class LoggedErrors : ILoggerFactory, ILogger
{
    /// <summary>What was logged.</summary>
    public ConcurrentQueue<string> Messages { get; } = [];

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Messages.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
