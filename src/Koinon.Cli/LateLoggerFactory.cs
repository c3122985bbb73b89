using Microsoft.Extensions.Logging;

namespace Koinon.Cli;

/// <summary>Loggers whose way out is made when there is first something to say: most runs never say anything.</summary>
/// <param name="least">The least level that is written.</param>
/// <param name="create">Makes the loggers that write.</param>
/// <remarks>
/// Thread-safe. The console's loggers bring a container of services and a thread: a tenth of the program's start.
/// </remarks>
internal sealed class LateLoggerFactory(LogLevel least, Func<ILoggerFactory> create) : ILoggerFactory
{
    private readonly LogLevel _least = least;
    private readonly Lazy<ILoggerFactory> _writing = new(create);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LateLogger(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => _writing.Value.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_writing.IsValueCreated)
        {
            _writing.Value.Dispose();
        }
    }

    private sealed class LateLogger(LateLoggerFactory factory, string category) : ILogger
    {
        private readonly Lazy<ILogger> _writing = new(() => factory._writing.Value.CreateLogger(category));

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull =>
            _writing.IsValueCreated ? _writing.Value.BeginScope(state) : null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= factory._least && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _writing.Value.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
