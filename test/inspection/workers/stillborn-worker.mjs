// A worker that ends before it is ready, as one whose code is missing or broken does.
throw new Error('never was');
